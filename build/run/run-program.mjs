import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/**
 * Runs a program to its end. Answers its exit code, what it printed and how long it took.
 *
 * `show: true` lets it print straight to the terminal. A program still running after `limitMs` is ended.
 */
export function runProgram(
  program,
  args,
  { cwd = ROOT, env = {}, show = false, limitMs = 0, shell = false } = {},
) {
  return new Promise((resolve) => {
    const began = Date.now();
    const child = spawn(program, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let late = false;
    child.stdout?.on('data', (text) => {
      output += text;
    });
    child.stderr?.on('data', (text) => {
      output += text;
    });
    const limit =
      limitMs > 0
        ? setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, limitMs)
        : null;
    const end = (code) => {
      if (limit !== null) clearTimeout(limit);
      resolve({ code, output, late, ms: Date.now() - began });
    };
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/** Runs a script with this same Node. */
export function runNode(args, options) {
  return runProgram(process.execPath, args, options);
}

/** Runs npm, the one that started us when there is one. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  return runProgram('npm', args, { ...options, shell: process.platform === 'win32' });
}
