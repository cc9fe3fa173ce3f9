/** C and C++ in messages. */
import type { NewObject, Wording } from '../../calls/wording.ts';

const declared = ({ type, name, kind, bytes, value }: NewObject, zero: string) =>
	kind === 'bytes'
		? { declaration: `${type} ${name}[${bytes}];`, address: name }
		: { declaration: `${type} ${name} = ${value ?? zero};`, address: `&${name}` };

export const cppWording: Wording = {
	nullWord: 'NULL',
	closedBuffers: false,
	mayLackLineComments: false,
	standsInMarkup: false,
	discard: { words: 'cast the call to `void`', text: '(void)' },
	failed: '== SOCKET_ERROR',
	notFailed: '!= SOCKET_ERROR',
	succeeded: '== 0',
	typeSize: (type) => (type === undefined ? undefined : `sizeof(${type})`),
	objectSize: (object) => `sizeof(${object})`,
	zero: (kind) => (kind === 'number' ? '0' : '{}'),
	declared: (object) => declared(object, cppWording.zero(object.kind)),
	inNetworkOrder: (port) => `htons(${port})`,
	pointerTo: (number) =>
		`the address of ${number ? `${/^[AEIO]/i.test(number.type) ? 'an' : 'a'} \`${number.type}\`` : 'a variable'}`,
	useInstead: ({ type }) => `Use a \`${type}\``,
	code: (name) => name,
};

export const cWording: Wording = {
	...cppWording,
	mayLackLineComments: true,
	zero: (kind) => (kind === 'record' ? '{ 0 }' : '0'),
	declared: (object) => declared(object, cWording.zero(object.kind)),
};
