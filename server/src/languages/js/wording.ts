/** TypeScript and JavaScript in messages: types of C have no names there, so that sizes and codes are numbers. */
import type { NumberType, Wording } from '../../calls/wording.ts';
import { hex } from '../../catalog/opcode.ts';

const bufferFor = (number?: NumberType): string => (number ? `a buffer of ${number.bytes} bytes` : 'a buffer');

export const jsWording: Wording = {
	nullWord: 'null',
	closedBuffers: true,
	mayLackLineComments: false,
	standsInMarkup: true,
	typeSize: (_, bytes) => (bytes && bytes.x86 === bytes.x64 ? String(bytes.x64) : undefined),
	objectSize: (object) => `${object}.byteLength`,
	pointerTo: bufferFor,
	useInstead: (number) => `Pass ${bufferFor(number)}`,
	code: (_, value) => hex(value),
};
