/** A thread that checks files for the command line. It is a bundle of its own: it loads what a check needs and no more. */
import { parentPort } from 'node:worker_threads';
import { type Answer, Inspector, type PostedTask, Received } from '../cli/inspect.ts';
import { Sightings, watch, watcher } from './sightings.ts';

const inspector = new Inspector();
const received = new Received();
parentPort?.on('message', async (task: PostedTask) => {
	const { watched } = task;
	if (watched && !watcher()) watch(new Sightings(watched.since, watched.own));
	const outcome = await inspector.inspect(received.take(task));
	const seen = watcher()?.news();
	const answer: Answer = seen ? { ...outcome, seen } : outcome;
	parentPort?.postMessage(answer);
});
