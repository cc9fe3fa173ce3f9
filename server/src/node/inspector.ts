/** A thread that checks files for the command line. It is a bundle of its own: it loads what a check needs and no more. */
import { parentPort } from 'node:worker_threads';
import { Inspector, type Task } from '../cli/inspect.ts';

const inspector = new Inspector();
parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await inspector.inspect(task)));
