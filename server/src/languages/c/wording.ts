/** C and C++ in messages. */
import * as l10n from '@vscode/l10n';
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
	discard: { words: () => l10n.t('cast the call to `void`'), text: '(void)' },
	failed: '== SOCKET_ERROR',
	notFailed: '!= SOCKET_ERROR',
	succeeded: '== 0',
	typeSize: (type) => (type === undefined ? undefined : `sizeof(${type})`),
	objectSize: (object) => `sizeof(${object})`,
	zero: (kind) => (kind === 'number' ? '0' : '{}'),
	declared: (object) => declared(object, cppWording.zero(object.kind)),
	inNetworkOrder: (port) => `htons(${port})`,
	pointerTo: (number) => {
		if (!number) return l10n.t('the address of a variable');
		const { type } = number;
		return /^[AEIO]/i.test(type) ? l10n.t('the address of an `{0}`', type) : l10n.t('the address of a `{0}`', type);
	},
	useInstead: ({ type }) => l10n.t('Use a `{0}`', type),
	code: (name) => name,
};

export const cWording: Wording = {
	...cppWording,
	mayLackLineComments: true,
	zero: (kind) => (kind === 'record' ? '{ 0 }' : '0'),
	declared: (object) => declared(object, cWording.zero(object.kind)),
};
