/** TypeScript and JavaScript in messages: types of C have no names there, so that sizes and codes are numbers. */
import * as l10n from '@vscode/l10n';
import type { NumberType, Wording } from '../../calls/wording.ts';
import { hex } from '../../catalog/opcode.ts';

const bufferFor = (number?: NumberType): string =>
	number ? l10n.t('a buffer of {0} bytes', number.bytes) : l10n.t('a buffer');

export const jsWording: Wording = {
	nullWord: 'null',
	closedBuffers: true,
	mayLackLineComments: false,
	standsInMarkup: true,
	failed: '!== 0',
	notFailed: '=== 0',
	succeeded: '=== 0',
	typeSize: (_, bytes) => (bytes && bytes.x86 === bytes.x64 ? String(bytes.x64) : undefined),
	objectSize: (object) => `${object}.byteLength`,
	zero: () => '0',
	declared({ name, bytes, value }, { isTaken }) {
		if (value !== undefined && bytes !== 4) return undefined;
		// Packages that are older than typed arrays take a `Buffer` alone; what has no `Buffer` is written with the others.
		const isPlain = !isTaken('Buffer') && (isTaken('Deno') || isTaken('Uint8Array') || isTaken('ptr'));
		const zeros = isPlain ? `new Uint8Array(${bytes})` : `Buffer.alloc(${bytes})`;
		const holding = isPlain ? `Uint32Array.of(${value})` : `Buffer.from(Uint32Array.of(${value}).buffer)`;
		return { declaration: `const ${name} = ${value === undefined ? zeros : holding};`, address: name };
	},
	inNetworkOrder: (port, value) =>
		value === undefined
			? undefined
			: `0x${(((value & 0xff) << 8) | (value >> 8)).toString(16).toUpperCase().padStart(4, '0')} /* ${port} */`,
	pointerTo: bufferFor,
	useInstead: ({ bytes }) => l10n.t('Pass a buffer of {0} bytes', bytes),
	code: (_, value) => hex(value),
};
