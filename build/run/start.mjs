// npm start. What is loaded after the first line need not be readable to a Node that is too old.
import './node-version.mjs';

void import('./start-all.mjs');
