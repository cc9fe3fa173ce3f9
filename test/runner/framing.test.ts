import { describe, expect, test } from 'vitest';
import { FrameGate } from '../../native/src/framing.ts';

const frame = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Send chunks through a gate: what came out, and how it ended. */
async function send(limit: number, chunks: (string | Buffer)[], each?: (gate: FrameGate) => void) {
	const gate = new FrameGate(limit);
	let out = '';
	gate.on('data', (chunk: Buffer) => {
		out += chunk.toString('latin1');
	});
	const end = new Promise<unknown>((resolve) => {
		gate.on('end', () => resolve('end'));
		gate.on('error', (error) => resolve(error));
	});
	for (const chunk of chunks) {
		each?.(gate);
		gate.write(Buffer.from(chunk as string));
	}
	gate.end();
	return { out, end: await end };
}

describe('the frame gate', () => {
	const two = frame('{"a":1}') + frame('') + frame('äöü');

	test('passes frames unchanged, wherever the chunks are cut', async () => {
		const bytes = Buffer.from(two);
		for (let cut = 0; cut <= bytes.length; cut++) {
			const { out, end } = await send(1000, [bytes.subarray(0, cut), bytes.subarray(cut)]);
			expect([cut, Buffer.from(out, 'latin1').toString(), end]).toEqual([cut, two, 'end']);
		}
	});

	test.each([
		['words', 'Segmentation fault\n', '"S" is not the start of a message'],
		['zeros', '\0\0\0\0', '"\\u0000" is not the start of a message'],
		['a wrong header', 'Content-Type: x\r\n\r\n', '"Content-T" is not the start of a message'],
		['words behind a frame', `${frame('{}')}oops`, '"o" is not the start of a message'],
		['a negative length', 'Content-Length: -1\r\n\r\n', '"Content-Length: -" is not the start of a message'],
		['a length that is no number', 'Content-Length: 1e3\r\n\r\n', '"Content-Length: 1e" is not the start of a message'],
		['no length', 'Content-Length: \r\n\r\n', '"Content-Length: \\r" is not the start of a message'],
		[
			'two headers',
			'Content-Length: 2\r\nContent-Type: x\r\n\r\n{}',
			'"Content-Length: 2\\r\\nC" is not the start of a message',
		],
		[
			'endless digits',
			`Content-Length: ${'1'.repeat(5000)}`,
			'"Content-Length: 1111111111" is not the start of a message',
		],
	])('fails on %s', async (_name, text, message) => {
		const { end } = await send(10_000, [text]);
		expect(end).toMatchObject({ kind: 'garbage', message });
	});

	test('never passes garbage on', async () => {
		expect((await send(1000, ['garbage'])).out).toBe('');
		expect((await send(1000, [frame('{}'), 'garbage'])).out).toBe(frame('{}'));
	});

	test('fails on a frame that announces too much, before it comes', async () => {
		expect((await send(100, ['Content-Length: 101\r\n\r\n'])).end).toMatchObject({
			kind: 'flood',
			message: 'a message of 101 bytes was announced; the limit is 100',
		});
	});

	test('fails on too many frames for one request, but not for several', async () => {
		const message = frame('x'.repeat(30));
		const many = Array(10).fill(message);
		expect((await send(200, many)).end).toMatchObject({
			kind: 'flood',
			message: 'more than 200 bytes were sent for one request',
		});
		expect((await send(200, many, (gate) => gate.renew())).out).toBe(many.join(''));
	});
});
