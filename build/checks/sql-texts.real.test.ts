import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SERVER = fileURLToPath(new URL('../../sync/server/', import.meta.url));
const STATEMENT =
  /^\s*(select|insert|update|delete|with|declare|fetch|alter|create|truncate|lock table|begin)\s/i;

/** What may stand between the words of a statement: names of ours and places for values, never a value. */
const PARTS: readonly RegExp[] = [
  /^(COUNTRY|NOW|ROWS_A_FETCH|isOurs)$/, // constants of their file
  /^toPlaces\(|\bfromLines\b/, // `$1, $2` by count; `unnest` over a place
];

/** Statements that are put together, by file: what of them is not written there. */
const NAMED: Record<string, readonly string[]> = {
  // Names of our own tables and columns, as the migrations made them.
  'store/write-backup.ts': ['list', 'table'],
  'store/restore-backup.ts': ['table', 'names', 'text'],
  // `($1,$2),…` from `toValues`, which puts values apart.
  'store/save-docs.ts': ['text'],
  // One of two texts that are written above it.
  'store/verify-copies.ts': ['list'],
  'store/people.ts': ['text'],
  // Roles are a closed list of the program, and a number of it.
  'store/read-touched.ts': ['MOST_OFFICES', 'ROLE_IDS'],
};

const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter(
  (it) => it.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(it),
);

/** What hands statements on that others wrote, by file: under which names. */
const HANDED_ON: Record<string, readonly string[]> = {
  'store/pglite-sql.ts': ['text'],
  'store/postgres-sql.ts': ['toStatement(text, values)'],
  'store/sql.ts': ['text'],
  'store/migrate.ts': ['text', 'statement'],
  'store/restored.ts': ['text'],
};

type Found = { file: string; text: string };

function walk(file: string): { parts: Found[]; asked: Found[] } {
  const source = ts.createSourceFile(file, readFileSync(SERVER + file, 'utf8'), ts.ScriptTarget.Latest, true);
  const parts: Found[] = [];
  const asked: Found[] = [];
  const constants = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node) && STATEMENT.test(node.head.text)) {
      for (const { expression } of node.templateSpans) parts.push({ file, text: expression.getText() });
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
      const isSql = [node.left, node.right].some(
        (it) => ts.isStringLiteralLike(it) && STATEMENT.test(it.text),
      );
      if (isSql) parts.push({ file, text: node.getText() });
    }
    if (ts.isVariableDeclaration(node) && node.initializer && isText(node.initializer)) {
      constants.add(node.name.getText());
    }
    if (
      ts.isCallExpression(node) &&
      /\.query$|^(database|pglite|client)\.exec$/.test(node.expression.getText())
    ) {
      const [statement] = node.arguments;
      if (statement !== undefined && !isText(statement)) asked.push({ file, text: statement.getText() });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { parts, asked: asked.filter((it) => !constants.has(it.text)) };
}

function isText(node: ts.Node): boolean {
  if (ts.isConditionalExpression(node)) return isText(node.whenTrue) && isText(node.whenFalse);
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

const found = files.map((it) => walk(it));

test('no value stands in the text of a statement', () => {
  const parts = found.flatMap((it) => it.parts);
  const foreign = parts.filter(
    ({ file, text }) => !PARTS.some((it) => it.test(text)) && !NAMED[file]?.includes(text),
  );
  expect(foreign).toEqual([]);
  expect(parts.length).toBeGreaterThan(10);
});

test('what is asked of a database is written where it is asked, or is one of these', () => {
  const foreign = found.flatMap((it) => it.asked).filter((it) => !HANDED_ON[it.file]?.includes(it.text));
  expect(foreign).toEqual([]);
});
