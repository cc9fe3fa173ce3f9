/** A thread that checks files for the command line. It is a bundle of its own: it loads what a check needs and no more. */
import { parentPort } from 'node:worker_threads';
import { Inspector, type PostedTask, Received } from '../cli/inspect.ts';

const inspector = new Inspector();
const received = new Received();
parentPort?.on('message', async (task: PostedTask) =>
	parentPort?.postMessage(await inspector.inspect(received.take(task))),
);
