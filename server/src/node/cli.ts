#!/usr/bin/env node
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Inspector, type Task } from '../cli/inspect.ts';
import { EXIT, main } from '../cli/main.ts';

if (isMainThread) {
	// Whoever reads the output may stop early (`| head`): that is no failure of ours.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	main(process.argv.slice(2), {
		folder: process.cwd(),
		environment: process.env,
		terminal: process.stdout.isTTY === true,
		out: (text) => process.stdout.write(text),
		err: (text) => process.stderr.write(text),
	})
		.catch((error: unknown) => {
			process.stderr.write(`ioctl-lens: ${error instanceof Error ? error.stack : error}\n`);
			return EXIT.failure;
		})
		.then((status) => {
			// Not `process.exit`: what was written to a pipe must still arrive, and the server goes on.
			process.exitCode = status;
		});
} else {
	const inspector = new Inspector(workerData);
	parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await inspector.inspect(task)));
}
