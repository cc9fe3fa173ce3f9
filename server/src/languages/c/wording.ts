/** C and C++ in messages. */
import type { Wording } from '../../calls/wording.ts';

export const cppWording: Wording = {
	nullWord: 'NULL',
	closedBuffers: false,
	mayLackLineComments: false,
	standsInMarkup: false,
	discard: 'cast the call to `void`',
	typeSize: (type) => (type === undefined ? undefined : `sizeof(${type})`),
	objectSize: (object) => `sizeof(${object})`,
	declared: (type, name) => ({ declaration: `${type} ${name} = { 0 };`, address: `&${name}` }),
	pointerTo: (number) =>
		`the address of ${number ? `${/^[AEIO]/i.test(number.type) ? 'an' : 'a'} \`${number.type}\`` : 'a variable'}`,
	useInstead: ({ type }) => `Use a \`${type}\``,
	code: (name) => name,
};

export const cWording: Wording = { ...cppWording, mayLackLineComments: true };
