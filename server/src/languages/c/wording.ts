/** C and C++ in messages. */
import type { Wording } from '../../calls/wording.ts';

export const cWording: Wording = {
	nullWord: 'NULL',
	closedBuffers: false,
	discard: 'cast the call to `void`',
	typeSize: (type) => (type === undefined ? undefined : `sizeof(${type})`),
	objectSize: (object) => `sizeof(${object})`,
	pointerTo: (number) => `the address of a ${number ? `\`${number.type}\`` : 'variable'}`,
	useInstead: ({ type }) => `Use a \`${type}\``,
	code: (name) => name,
};
