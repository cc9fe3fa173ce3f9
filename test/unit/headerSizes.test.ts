/** Sizes of types that included files declare: copies of Windows' headers, and definitions of which one is taken. */
import { afterAll, describe, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { Project } from '../../server/src/check/headers.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const files = new Map<string, string>();
const project: Project = {
	include: (name) => {
		const text = files.get(name);
		return Promise.resolve(text === undefined ? undefined : { path: `/p/${name}`, text });
	},
};
const checker = new Checker(nodeEngine(import.meta.dirname), project);
afterAll(() => checker.dispose());

/** The bytes of the input on 64-bit Windows, `?` where they are not known. */
async function sizeWith(headers: Readonly<Record<string, string>>, object: string, size: string): Promise<string> {
	files.clear();
	await checker.filesChanged();
	for (const [name, text] of Object.entries(headers)) files.set(name, text);
	const lines = Object.keys(headers).map((name) => `#include "${name}"\n`);
	const text = `${lines.join('')}void f(SOCKET s, void *p)\n{\n\tDWORD n;\n\t${object}\n\tWSAIoctl(s, SIO_RCVALL, p, ${size}, NULL, 0, &n, NULL, NULL);\n}\n`;
	const { calls } = await checked(checker, { name: '/p/x.cpp', text });
	const length = calls[0]?.input?.length;
	return length?.kind === 'known' ? length.values.map((v) => v.x64).join('|') : '?';
}

describe('a copy of the headers', () => {
	it.each<[string, string, string, string, string]>([
		[
			'a type that a condition spells in two ways',
			'#ifdef OTHER_TOOL\ntypedef struct { unsigned long a; unsigned short b, c; byte d[8]; } GUID;\n#else\ntypedef struct _GUID {\n#ifndef LONG_IS_WIDE\n\tunsigned long a;\n#else\n\tunsigned int a;\n#endif\n\tunsigned short b, c;\n\tunsigned char d[8];\n} GUID;\n#endif\n',
			'GUID g = WSAID_ACCEPTEX;',
			'sizeof(g)',
			'16',
		],
		[
			'a type whose name a macro makes',
			'#ifdef PREFIXED\n#define WS(x) WS_##x\n#else\n#define WS(x) x\n#endif\ntypedef struct WS(sockaddr_in)\n{\n\tWS(u_short) sin_port;\n\tstruct WS(in_addr) sin_addr;\n} SOCKADDR_IN;\n',
			'struct sockaddr_in a;',
			'sizeof(a)',
			'16',
		],
		[
			'a function that reads as a variable called as its type',
			'WINSOCK_API_LINKAGE SOCKET WINAPI WS(accept)(SOCKET,struct WS(sockaddr)*,int*);\n',
			'',
			'sizeof(SOCKET)',
			'8',
		],
		[
			'a structure of the project’s own under a name of the headers',
			'namespace own { struct QOS { DWORD a; }; }\n',
			'own::QOS q;',
			'sizeof(q)',
			'4',
		],
		['a variable called as a structure of the headers', 'extern char sockaddr[5];\n', '', 'sizeof(sockaddr)', '5'],
		[
			'a type that nobody knows',
			'#ifdef A\ntypedef struct { int a; } OWN;\n#else\ntypedef struct { int a, b; } OWN;\n#endif\n',
			'OWN o;',
			'sizeof(o)',
			'?',
		],
	])('%s', async (_, header, object, size, expected) => {
		expect(await sizeWith({ 'copy.h': header }, object, size)).toBe(expected);
	});
});

describe('a member of a structure that is defined more than once', () => {
	const kernel = 'typedef struct DATA { COMMON; WSK_CLIENT client; } DATA;\n';
	const user = 'typedef struct DATA { COMMON; LPFN_ACCEPTEX accept; DWORD n; } DATA;\n';
	it.each<[string, Record<string, string>, string]>([
		['in the branches of one header', { 'a.h': `#ifdef KERNEL\n${kernel}#else\n${user}#endif\n` }, '8'],
		['in two headers', { 'a.h': kernel, 'b.h': user }, '8'],
		['with the same member', { 'a.h': `#ifdef X\n${user}#else\n${user.replace('DWORD n;', '')}#endif\n` }, '8'],
		['with other members of the name', { 'a.h': user, 'b.h': user.replace('LPFN_ACCEPTEX', 'DWORD') }, '?'],
		['without such a member', { 'a.h': kernel, 'b.h': kernel.replace('client', 'other') }, '?'],
	])('%s', async (_, headers, expected) => {
		expect(await sizeWith(headers, 'DATA *d;', 'sizeof(d->accept)')).toBe(expected);
	});
});
