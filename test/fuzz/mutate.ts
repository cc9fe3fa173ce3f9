/** Texts and values that nobody would write, made of those that somebody wrote. */
import type { Random } from './random.ts';

/** What sources are made of; repeated, nested and put anywhere. */
const FRAGMENTS = [
	...[
		'(',
		')',
		'{',
		'}',
		'[',
		']',
		'*',
		'&',
		'/*',
		'*/',
		'//',
		'"',
		"'",
		'`',
		'\\\n',
		'#',
		'::',
		'->',
		'...',
		'?',
		':',
	],
	...['\r', '\0', '\u2028', '\ud800', '\ufeff', '\u202e', '\t\t\t\t', '\n\n\n\n', '${', '=>', '<', '>', '##'],
	...[
		'#if 1\n',
		'#else\n',
		'#endif\n',
		'#define A A B\n',
		'#define W(+) (+)\n',
		'#include "a.h"\n',
		'#pragma pack(1)\n',
	],
	...['else if (x) ', 'for (;;) ', 'switch (x) { case 1: ', 'struct a { struct a b; } ', 'struct b { int x[N]; };'],
	...['sizeof(', 'sizeof x', 'static char buf[MAX_PATH];', 'enum { N = N };', 'typedef T T;', 'template <class T> '],
	...['WSAIoctl(', 'WSAIoctl(s, SIO_RCVALL, &n, sizeof(n), NULL, 0, &b, NULL, NULL);', 'ioctlsocket(s, FIONBIO, &n);'],
	...['memset(&v, 0, sizeof(v));', '[...a, ...a]', 'const a = a + a;', 'new Uint8Array(65536)', 'koffi.load("ws2_32")'],
	...[
		'// ioctl-lens-ignore-next-line all\n',
		'/* ioctl-lens-ignore-file ',
		'IN OUT ',
		'_In_reads_(n) ',
		'0xffffffffffff',
	],
];

const WORDS = '^ | ! ~ % + - = == , ; : . / \\ @ ? -> :: int class const return new throw try case operator'.split(' ');

/** A part of a text, or of another one. */
const slice = (random: Random, text: string): string => {
	const from = random.below(text.length + 1);
	return text.slice(from, from + random.below(200));
};

/** A text with one to eight places changed. */
export function mutated(random: Random, text: string, pool: readonly string[]): string {
	let made = text;
	for (let changes = 1 + random.below(8); changes > 0; changes--) {
		const at = random.below(made.length + 1);
		const before = made.slice(0, at);
		switch (random.below(7)) {
			case 0:
				made = before + made.slice(at + random.below(100));
				break;
			case 1:
				made = before + random.of(FRAGMENTS) + made.slice(at);
				break;
			case 2:
				made = before + random.of(FRAGMENTS).repeat(1 + random.below(200)) + made.slice(at);
				break;
			case 3:
				made = before + slice(random, random.of(pool)) + made.slice(at);
				break;
			case 4:
				made = before + slice(random, made).repeat(1 + random.below(10)) + made.slice(at);
				break;
			case 5:
				made = before + String.fromCharCode(random.below(0x250)) + made.slice(at + 1);
				break;
			default:
				made = before;
		}
	}
	return made;
}

/** Few words in no order, again and again: what a parser has most trouble to find a way out of. */
function jumble(random: Random): string {
	const words = Array.from({ length: 1 + random.below(6) }, () => random.of(random.below(2) ? WORDS : FRAGMENTS));
	let text = '';
	for (let length = random.below(6000); text.length < length; ) text += `${random.of(words)} `;
	return text;
}

/** A text of fragments alone: some in each other, some one after the other. */
export function generated(random: Random): string {
	let text = random.below(4) === 0 ? `void f() { ${jumble(random)} }` : '';
	for (let parts = 1 + random.below(6); parts > 0; parts--) {
		const [open, close] = [random.of(FRAGMENTS), random.of(FRAGMENTS)];
		const depth = 1 + random.below(300);
		text += open.repeat(depth) + random.of(FRAGMENTS) + close.repeat(random.below(2) * depth);
	}
	return `${text}\nWSAIoctl(s, SIO_KEEPALIVE_VALS, &v, sizeof(v), NULL, 0, &n, NULL, NULL);\n`;
}

const LEAVES: readonly unknown[] = [
	...[null, true, false, 0, -0, -1, 1.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, '', 'a', '__proto__', '\u001b[31m', {}, []],
	...[
		'**/'.repeat(20),
		'*{?,??}'.repeat(8),
		'x'.repeat(3000),
		'file:///a.c',
		'constructor',
		'127.0.0.1',
		'::1',
		'AAAA',
	],
];

/** A value of JSON like another one, with one place changed. */
export function mutatedValue(random: Random, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || random.below(6) === 0) return random.of(LEAVES);
	if (Array.isArray(value)) {
		const at = random.below(value.length + 1);
		return [...value.slice(0, at), mutatedValue(random, value[at]), ...value.slice(at + 1)];
	}
	const keys = Object.keys(value);
	const key = keys.length === 0 || random.below(8) === 0 ? String(random.of(LEAVES)) : random.of(keys);
	const copy = { ...value };
	const inner = (value as Record<string, unknown>)[key];
	const changed = random.below(10) === 0 ? undefined : mutatedValue(random, inner);
	// An assignment to `__proto__` would be no member.
	Object.defineProperty(copy, key, {
		value: changed,
		enumerable: true,
		configurable: true,
		writable: true,
	});
	return copy;
}
