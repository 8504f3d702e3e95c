import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { CaseScreen } from '../features/case/case-screen.tsx';
import { CasesScreen } from '../features/cases/cases-screen.tsx';
import { ConflictsScreen } from '../features/conflicts/conflicts-screen.tsx';
import { CounterScreen } from '../features/counter/counter-screen.tsx';
import { DevicesScreen } from '../features/devices/devices-screen.tsx';
import { FinishedScreen } from '../features/intake/finished-screen.tsx';
import { IntakeScreen } from '../features/intake/intake-screen.tsx';
import { SyncReportScreen } from '../features/reports/sync-report-screen.tsx';
import { SyncScreen } from '../features/sync-status/sync-screen.tsx';
import { FailedScreen } from './fatal-screen.tsx';
import { Frame } from './frame.tsx';

// Addresses name records by their random ids only: nothing of a citizen stands in one.
const root = createRootRoute({ component: Frame });
const routes = [
  createRoute({ getParentRoute: () => root, path: '/', component: CounterScreen }),
  createRoute({ getParentRoute: () => root, path: '/intake/$draftId', component: IntakeScreen }),
  createRoute({ getParentRoute: () => root, path: '/finished/$caseId', component: FinishedScreen }),
  createRoute({ getParentRoute: () => root, path: '/cases', component: CasesScreen }),
  createRoute({ getParentRoute: () => root, path: '/cases/$caseId', component: CaseScreen }),
  createRoute({ getParentRoute: () => root, path: '/conflicts', component: ConflictsScreen }),
  createRoute({ getParentRoute: () => root, path: '/sync', component: SyncScreen }),
  createRoute({ getParentRoute: () => root, path: '/reports', component: SyncReportScreen }),
  createRoute({ getParentRoute: () => root, path: '/devices', component: DevicesScreen }),
];
const router = createRouter({
  routeTree: root.addChildren(routes),
  history: createHashHistory(),
  // The library's own pages for these are English.
  defaultErrorComponent: FailedScreen,
  defaultNotFoundComponent: FailedScreen,
});

/** For whoever comes after another: not where that one was. */
export function goHome(): void {
  void router.navigate({ to: '/', replace: true });
}

/** The screens behind the sign-in, by address. */
export function Screens(): ReactElement {
  return <RouterProvider router={router} />;
}
