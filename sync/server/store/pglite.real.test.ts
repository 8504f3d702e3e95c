import { runStoreTests } from '../../../tests/suites/run-store-tests.ts';
import { openPgliteSql } from './pglite-sql.ts';

runStoreTests('PGlite', () => openPgliteSql());
