/** The texts that the benchmark measures with. Each is made anew, so that nothing has to be kept or fetched. */

const KEEPALIVE = (size: string) => `\tWSAIoctl(s, SIO_KEEPALIVE_VALS, &ka, ${size}, NULL, 0, &bytes, NULL, NULL);\n`;
const LOCALS = '\tstruct tcp_keepalive ka = { 1, 10000, 1000 };\n\tDWORD bytes;\n';

/**
 * A C file in which each function makes one call among ordinary statements; one call in the middle is wrong. 100
 * functions of 46 pairs of lines give 10,003 lines.
 */
export function longC(functions = 100, pairs = 46): string {
	const lines = ['#include <winsock2.h>', '#include <mstcpip.h>', ''];
	for (let i = 0; i < functions; i++) {
		lines.push(`static int work${i}(SOCKET s, int n)`, '{', ...LOCALS.trimEnd().split('\n'), '\tint total = 0;');
		for (let k = 0; k < pairs; k++)
			lines.push(
				`\tif (n > ${k}) { total += n * ${k} + work_table[${k} % 7]; }`,
				'\telse { total -= helper(n, total, "x"); }',
			);
		lines.push(KEEPALIVE(i === functions >> 1 ? '4' : 'sizeof(ka)').trimEnd(), '\treturn total;', '}');
	}
	return lines.join('\n');
}

/** The same with a macro in every tenth function that no grammar can read: half of real C files have such places. */
export function brokenC(functions = 137, pairs = 46): string {
	let at = 0;
	return longC(functions, pairs).replace(/^\tint total = 0;$/gm, (line) =>
		at++ % 10 === 0
			? `${line}\n\tFOR_EACH(entry, list) WITH(entry) { total++; } END_WITH\n\tok(total == 0 "got %d", total);`
			: line,
	);
}

/** A TypeScript file in which each function makes one call through koffi. 67 functions of 141 lines give 10,000. */
export function longTs(functions = 67, lines = 10_000): string {
	const text = [
		"import koffi from 'koffi';",
		'',
		"const ws2 = koffi.load('ws2_32.dll');",
		'const WSAIoctl = ws2.func(',
		"\t'int __stdcall WSAIoctl(uintptr_t s, uint32_t code, void *in, uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)',",
		');',
		'const SIO_KEEPALIVE_VALS = 0x98000004;',
		'',
	];
	for (let i = 0; i < functions; i++) {
		const left = Math.floor((lines - text.length) / (functions - i));
		const size = i === functions >> 1 ? '4' : 'vals.byteLength';
		text.push(`export function work${i}(s: bigint, n: number): number {`);
		text.push('\tconst vals = new Uint32Array([1, 10000, 1000]);', '\tlet total = 0;');
		for (let k = 0; k < left - 6; k++)
			text.push(
				k % 2 === 0
					? `\tif (n > ${k}) total += n * ${k} + workTable[${k} % 7]!;`
					: "\telse total -= helper(n, { total, name: 'x' });",
			);
		text.push(`\tWSAIoctl(s, SIO_KEEPALIVE_VALS, vals, ${size}, null, 0, [0], null, null);`, '\treturn total;', '}');
	}
	return text.join('\n');
}

/** C files with so many calls, by what else grows with their number. */
export const shapes: Readonly<Record<string, (calls: number) => string>> = {
	'all calls in one function': (calls) => `void f(SOCKET s)\n{\n${LOCALS}${KEEPALIVE('sizeof(ka)').repeat(calls)}}\n`,
	'one function for each call': (calls) =>
		Array.from({ length: calls }, (_, i) => `void f${i}(SOCKET s)\n{\n${LOCALS}${KEEPALIVE('sizeof(ka)')}}\n`).join(
			'\n',
		),
	'one macro for each size': (calls) => {
		const sizes = Array.from(
			{ length: calls },
			(_, i) => `#define SIZE${i} (${i === 0 ? '4' : `SIZE${i - 1} - 1`} + 1)\n`,
		);
		const used = sizes.map((_, i) => KEEPALIVE(`SIZE${i}`)).join('');
		return `${sizes.join('')}void f(SOCKET s)\n{\n${LOCALS}${used}}\n`;
	},
};
