// Who may import whom. Left: a folder. Right: the only other folders of ours it may use.
const may = {
  'hardware/drivers': ['hardware/driver.ts', 'hardware/parsers'],
  'hardware/parsers': [],
  'hardware/transports': ['hardware/driver.ts'],
  'main/contract': [],
  'main/station': ['main/contract', 'sync/protocol', 'hardware'],
  'main/electron': ['main/contract', 'main/station'],
  'main/browser': ['main/contract', 'main/station'],
  'sync/model': [],
  'sync/protocol': ['sync/model'],
  'sync/replica': ['sync/model', 'sync/protocol'],
  'sync/server': ['sync/model', 'sync/protocol'],
  'renderer/i18n': [],
  'renderer/components': ['renderer/i18n', 'sync/model'],
  'renderer/documents': ['renderer/components', 'renderer/i18n', 'sync/model'],
  'renderer/data': ['main/contract', 'sync/model', 'sync/replica'],
  'renderer/features': [
    'renderer/components',
    'renderer/data',
    'renderer/documents',
    'renderer/i18n',
    'sync/model',
  ],
  'renderer/app': ['renderer', 'main/contract', 'sync/model', 'sync/replica'],
};
const ours = '^(main|renderer|sync|hardware|build|tests)/';
const isTest = '(\\.test\\.tsx?|\\.fixture\\.ts)$';

module.exports = {
  forbidden: [
    ...Object.entries(may).map(([from, to]) => ({
      name: `${from} may use ${to.join(', ') || 'nothing of ours'}`,
      severity: 'error',
      from: { path: `^${from}/`, pathNot: isTest },
      to: { path: ours, pathNot: [from, ...to].map((it) => `^${it}`) },
    })),
    {
      name: 'one feature does not know another',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'rxdb and dexie only in the replica',
      severity: 'error',
      from: { pathNot: '^(sync/replica|tests)/|\\.test\\.tsx?$' },
      to: { path: '^node_modules/(rxdb|dexie)/' },
    },
    {
      name: 'electron only in its shell',
      severity: 'error',
      from: { pathNot: '^(main/electron|tests)/' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'nothing imports build; only tests import tests',
      severity: 'error',
      from: { pathNot: `^(build|tests)/|${isTest}|^vitest.config.ts$` },
      to: { path: '^(build|tests)/' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
