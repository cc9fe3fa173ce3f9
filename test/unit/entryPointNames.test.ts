/** Other names of an entry point: pointers by their type, imports, members of hooks. */
import { afterAll, expect, it } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { Project } from '../../server/src/check/headers.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { checked } from '../support/checked.ts';

const headers: Readonly<Record<string, string>> = {
	'types.h': 'typedef int (WINAPI *CTL)(\n\tSOCKET s,\n\tlong cmd,\n\tULONG *argp);\nextern CTL remote;\n',
};
const project: Project = {
	include: async (name) => {
		const text = headers[name];
		return text === undefined ? undefined : { path: `/x/${name}`, text };
	},
};
const checker = new Checker(nodeEngine(import.meta.dirname), project);
afterAll(() => checker.dispose());

const used = (call: string) => `\nvoid f(SOCKET s, u_long n, struct api *t)\n{\n\t${call}\n}\n`;

it.each<[string, string, string | undefined]>([
	['an import', `${used('__imp_ioctlsocket(s, FIONBIO, &n);')}`, 'ioctlsocket'],
	['a name of the system', `${used('__sys_ioctlsocket(s, FIONBIO, &n);')}`, 'ioctlsocket'],
	[
		'a pointer of the type',
		`static int (PASCAL FAR *ctl)(SOCKET s, long cmd, u_long FAR *argp);${used('ctl(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a pointer of a like type',
		`static int(PASCAL FAR *ioctl_winsock)(SOCKET s, int cmd, void FAR *data);${used('ioctl_winsock(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a pointer of a like type with another name',
		`static int (*send_it)(SOCKET s, int cmd, void *data);${used('send_it(s, FIONBIO, &n);')}`,
		undefined,
	],
	[
		'a member',
		`struct api { int (WSAAPI *control)(SOCKET, long, u_long *); };${used('t->control(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	['a type of a header', `#include "types.h"\nstatic CTL mine;${used('mine(s, FIONBIO, &n);')}`, 'ioctlsocket'],
	['a pointer of a header', `#include "types.h"${used('remote(s, FIONBIO, &n);')}`, 'ioctlsocket'],
	['decltype', `static decltype(&::ioctlsocket) real = nullptr;${used('real(s, FIONBIO, &n);')}`, 'ioctlsocket'],
	[
		'a type by decltype',
		`using Control = decltype(&ioctlsocket);\nstatic Control real;${used('real(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a typedef by decltype',
		`typedef decltype(ioctlsocket) *Control;\nstatic Control real;${used('real(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a pointer loaded by name',
		`static void *p;\nvoid load(HMODULE m) { p = GetProcAddress(m, "ioctlsocket"); }${used('p(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a hook',
		`struct hook_control : minhook::api<ioctlsocket, hook_control> { static int WSAAPI detour(SOCKET s); };${used('hook_control::original(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a hook by another name',
		`using Hook = detour::hook<&::ioctlsocket>;${used('Hook::call_original(s, FIONBIO, &n);')}`,
		'ioctlsocket',
	],
	[
		'a class of another name',
		`struct Other { static int original(SOCKET, long, char *); };${used('Other::original(s, FIONBIO, &n);')}`,
		undefined,
	],
])('%s', async (_, text, expected) => {
	const { calls } = await checked(checker, { name: '/x/x.cpp', text: `${text}/* ioctlsocket */` });
	expect(calls.map((call) => call.api)).toEqual(expected === undefined ? [] : [expected]);
});

it('reads what other files take in', async () => {
	for (const name of ['x.inc', 'x.tpp', 'x.ipp'])
		expect((await checked(checker, { name, text: used('ioctlsocket(s, FIONBIO, &n);') })).calls.length).toBe(1);
});
