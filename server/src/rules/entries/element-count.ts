import { minimumSize, tooSmallError } from '../../types/requirements.ts';
import { isUsed } from '../judging.ts';
import type { Report, Rule } from '../rule.ts';
import { argumentNames, bytes, fails } from '../wording.ts';

export default {
	id: 'element-count',
	title: 'The size counts elements, not bytes',
	severity: 'error',
	severityReason:
		'The call fails where fewer bytes are promised than the code needs; a warning where the number happens to be enough, and where it is not known.',
	description:
		'`length` of a typed array is its number of elements. `cbInBuffer` and `cbOutBuffer` are bytes: for a `Uint32Array` they are four times as many. The two agree for `Uint8Array` and `Buffer` only, which is why the mistake survives. `byteLength` is right for all of them.',
	precedence: 45,
	language: 'ts',
	accepted: [
		`
import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
export function keepAlive(socket: bigint) {
	const values = new Uint32Array([1, 10000, 1000]);
	return WSAIoctl(socket, 0x98000004, values, values.byteLength, null, 0, [0], null, null);
}`,
	],
	rejected: [
		`
import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
const WSAIoctl = ws2.func('int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)');
export function keepAlive(socket: bigint) {
	const values = new Uint32Array([1, 10000, 1000]);
	return WSAIoctl(socket, 0x98000004, values, values.length, null, 0, [0], null, null);
	//                                          ^^^^^^^^^^^^^ element-count
}`,
	],
	check(call, context) {
		const reports: Report[] = [];
		for (const side of ['input', 'output'] as const) {
			const buffer = call[side];
			const elements = buffer?.size?.elements;
			if (!buffer?.size || !elements || elements.object === '') continue;
			// The count of another array may be meant.
			if (buffer.pointer.object?.spelling !== elements.object) continue;
			const code = call.code.entry;
			const spec = code?.[side];
			if (spec && !isUsed(spec)) continue;
			const minimum = spec && minimumSize(spec);
			const [count, ...others] = buffer.length.kind === 'known' ? buffer.length.values : [];
			const known = count && others.length === 0 ? count.x64 : undefined;
			const short = known !== undefined && minimum !== undefined && context.targets.every((t) => known < minimum[t]);
			const wanted = `${elements.object}.byteLength`;
			const verb = side === 'input' ? 'reads' : 'writes';
			reports.push({
				span: buffer.size,
				severity: short ? 'error' : 'warning',
				message: `\`${buffer.size.text}\` counts the elements of a \`${elements.type}\`${
					known === undefined ? '' : ` (${known})`
				}, each of ${bytes(elements.bytes)}, but \`${argumentNames(context, side).size}\` is a number of bytes${
					known === undefined ? '' : ` (${known * elements.bytes})`
				}. ${
					short
						? `\`${code!.name}\` ${verb} ${bytes(minimum.x64)}: ${fails(context, tooSmallError(code!, side))}.`
						: 'The system sees a part of the array only.'
				} Pass \`${wanted}\`.`,
				fix: { title: `Pass ${wanted}`, edits: [{ start: buffer.size.start, end: buffer.size.end, newText: wanted }] },
			});
		}
		return reports;
	},
} satisfies Rule;
