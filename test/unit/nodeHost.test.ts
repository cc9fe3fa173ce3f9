import { expect, test } from 'vitest';
import { nodeHost } from '../../server/src/node/nodeHost.ts';

test('a check gives way for as long as a message takes to be read, answered and sent', async () => {
	const done: string[] = [];
	// The library does each of these in a turn of the event loop of its own.
	setImmediate(() => {
		done.push('read');
		setImmediate(() => {
			done.push('answered');
			setImmediate(() => done.push('sent'));
		});
	});
	await nodeHost(import.meta.dirname).yield();
	expect(done).toEqual(['read', 'answered', 'sent']);
});
