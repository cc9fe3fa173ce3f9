/** What TypeScript's sources show of sockets, of the input's values and of GUIDs; and that no source makes it costly. */
import { afterAll, describe, expect, it } from 'vitest';
import type { PointedObject } from '../../server/src/calls/model.ts';
import { Checker } from '../../server/src/check/check.ts';
import { guarded } from '../../server/src/languages/js/slots.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

const SIGNATURE = 'int __stdcall WSAIoctl(uintptr_t s, uint32_t code,';
const REST =
	'uint32_t inSize, void *out, uint32_t outSize, _Out_ uint32_t *returned, void *overlapped, void *completion)';
const KOFFI = `import koffi from 'koffi';
const ws2 = koffi.load('ws2_32.dll');
koffi.struct('tcp_keepalive', { onoff: 'uint32_t', keepalivetime: 'uint32_t', keepaliveinterval: 'uint32_t' });
const WSAIoctl = ws2.func('${SIGNATURE} void *in, ${REST}');
const ofStruct = ws2.func('${SIGNATURE} const tcp_keepalive *in, ${REST}');
const socket = ws2.func('uintptr_t __stdcall socket(int af, int type, int protocol)');
const bind = ws2.func('int __stdcall bind(uintptr_t s, const void *name, int namelen)');
const connect = ws2.func('int __stdcall connect(uintptr_t s, const void *name, int namelen)');
const SOCK_DGRAM = 2;
`;

const callsOf = async (text: string) => (await checker.check({ name: 'example.ts', text }))?.calls ?? [];
const CALL = 'WSAIoctl(s, 0x98000004, b, 12, null, 0, [0], null, null);';

describe('the origin of a socket', () => {
	const originOf = async (before: string, call = CALL) => {
		const [first] = await callsOf(`${KOFFI}function f(flag, other) {\n${before}\n${call}\n}\n`);
		return first?.socket;
	};
	const kind = async (before: string) => {
		const origin = await originOf(before);
		return origin && [origin.family, origin.type, origin.protocol];
	};

	it.each<[string, readonly (string | undefined)[] | undefined]>([
		['const s = socket(2, 2, 17);', ['AF_INET', 'SOCK_DGRAM', 'IPPROTO_UDP']],
		['const s = socket(23, SOCK_DGRAM, 0);', ['AF_INET6', 'SOCK_DGRAM', undefined]],
		['const s = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);', ['AF_INET', 'SOCK_STREAM', 'IPPROTO_TCP']],
		['const s = socket(W.PF_INET, W.SOCK_RAW, W.IPPROTO_ICMP);', ['AF_INET', 'SOCK_RAW', 'IPPROTO_ICMP']],
		['const s = socket(32, 1, 3);', ['AF_BTH', 'SOCK_STREAM', undefined]],
		['const s = socket(99, 1, 6);', [undefined, 'SOCK_STREAM', undefined]],
		['let s = null;\ns = socket(2, 1, 6);', ['AF_INET', 'SOCK_STREAM', 'IPPROTO_TCP']],
		['let s = socket(2, 1, 6);\nif (flag) s = socket(2, 2, 17);', undefined],
		['const s = other(2, 1, 6);', undefined],
		['const s = socket(...other);', undefined],
		['const s = flag ? socket(2, 1, 6) : other;', undefined],
	])('%s', async (before, expected) => {
		expect(await kind(before)).toEqual(expected);
	});

	it.each<[library: string, text: string]>([
		[
			'ffi-napi',
			"import ffi from 'ffi-napi';\nconst w = ffi.Library('ws2_32', { socket: ['size_t', ['int', 'int', 'int']] });\nconst s = w.socket(2, 2, 17);\n",
		],
		[
			'ffi-rs',
			"import { define, load } from 'ffi-rs';\nconst w = define({ socket: { library: 'w', retType: 1, paramsType: [1, 1, 1] } });\nconst s = w.socket([2, 2, 17]);\n",
		],
		[
			'ffi-rs, loaded at once',
			"import { load } from 'ffi-rs';\nconst s = load({ library: 'w', funcName: 'WSASocketW', paramsType: [], paramsValue: [2, 2, 17, null, 0, 1] });\n",
		],
		[
			'Deno',
			"const w = Deno.dlopen('ws2_32.dll', { WSASocketW: { parameters: ['i32', 'i32', 'i32', 'pointer', 'u32', 'u32'], result: 'usize' } });\nconst s = w.symbols.WSASocketW(2, 2, 17, null, 0, 1);\n",
		],
		[
			'bun:ffi',
			"import { dlopen } from 'bun:ffi';\nconst { symbols: w } = dlopen('ws2_32', { socket: { args: ['i32', 'i32', 'i32'], returns: 'u64' } });\nconst s = w.socket(2, 2, 17);\n",
		],
		[
			'node:ffi',
			"import { dlopen } from 'node:ffi';\nconst { functions: w } = dlopen('ws2_32.dll', { socket: { parameters: ['i32', 'i32', 'i32'], result: 'u64' } });\nconst s = w.socket(2, 2, 17);\n",
		],
		[
			'a package',
			"import { AF_INET, IPPROTO_UDP, SOCK_DGRAM, socket } from 'some-winsock';\nconst s = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);\n",
		],
	])('is read of a binding by %s', async (_, text) => {
		const [first] = await callsOf(`import { WSAIoctl } from 'w';\n${text}${CALL}\n`);
		expect(first?.socket).toMatchObject({ family: 'AF_INET', type: 'SOCK_DGRAM', protocol: 'IPPROTO_UDP' });
	});

	it('is not taken from a function of that name that may be another', async () => {
		const [first] = await callsOf(`import { WSAIoctl, socket } from 'w';\nconst s = socket(2, 2, 17);\n${CALL}\n`);
		expect(first?.socket).toBeUndefined();
	});

	it.each<[string, called: string[], mayHaveCalled: string[]]>([
		['', [], []],
		['bind(s, a, 16);\nconnect(s, a, 16);', ['bind', 'connect'], ['bind', 'connect']],
		['if (bind(s, a, 16) !== 0) throw 0;', ['bind'], ['bind']],
		['if (flag) bind(s, a, 16);', [], ['bind']],
		['flag && bind(s, a, 16);', [], ['bind']],
		['for (const a of other) bind(s, a, 16);', [], ['bind']],
		['try { bind(s, a, 16); } catch {}', [], ['bind']],
		['other(s);', [], ['']],
		['other.on(() => bind(s, a, 16));', [], ['bind']],
		['const t = s;', [], ['']],
		['console.log(s); if (s === -1n || !s) return;', [], []],
		['bind(t, a, 16);', [], []],
	])('and its uses: %s', async (uses, called, mayHaveCalled) => {
		const origin = await originOf(`const s = socket(2, 1, 6);\n${uses}`);
		expect(origin).toMatchObject({ called, mayHaveCalled });
	});

	it('does not count what comes after the call, but in a loop', async () => {
		const made = 'const s = socket(2, 1, 6);\n';
		expect((await originOf(made, `${CALL}\nbind(s, a, 16);`))?.mayHaveCalled).toEqual([]);
		expect((await originOf(made, `for (;;) { ${CALL}\nbind(s, a, 16); }`))?.mayHaveCalled).toEqual(['bind']);
	});

	it('counts uses between statements of the file', async () => {
		const [first] = await callsOf(`${KOFFI}const s = socket(2, 1, 6);\nbind(s, a, 16);\n${CALL}\nconnect(s, a, 16);\n`);
		expect(first?.socket).toMatchObject({ called: ['bind'], mayHaveCalled: ['bind'] });
	});
});

describe('the values of the input', () => {
	const valuesOf = async (before: string, argument = 'b', callee = 'WSAIoctl', code = '0x98000004') => {
		const text = `${KOFFI}function f(s, flag, other) {\n${before}\n${callee}(s, ${code}, ${argument}, 12, null, 0, [0], null, null);\n}\n`;
		const [first] = await callsOf(text);
		const initial = first?.input?.pointer.object?.initial ?? [];
		return initial
			.map(({ path, value }) => `${path}=${value}`)
			.sort()
			.join(' ');
	};
	const values = (onoff: number, time: number, interval: number) =>
		`keepaliveinterval=${interval} keepalivetime=${time} onoff=${onoff}`;

	it.each([
		['new Uint32Array([1, 10000, 1000])', values(1, 10000, 1000)],
		['new Uint32Array(3)', values(0, 0, 0)],
		['Buffer.alloc(12)', values(0, 0, 0)],
		['Buffer.allocUnsafe(12)', ''],
		['Buffer.from([1, 0, 0, 0, 0x10, 0x27, 0, 0, 0xe8, 3, 0, 0])', values(1, 10000, 1000)],
		["Buffer.from('0100000010270000e8030000', 'hex')", values(1, 10000, 1000)],
		['new Uint32Array([1, other, 1000])', 'keepaliveinterval=1000 onoff=1'],
		['new Uint8Array(Uint32Array.of(1, 10000, 1000).buffer)', values(1, 10000, 1000)],
		["koffi.as({ onoff: 1, keepalivetime: 10000 }, 'tcp_keepalive *')", 'keepalivetime=10000 onoff=1'],
		['other', ''],
	])('%s', async (input, expected) => {
		expect(await valuesOf('', input)).toBe(expected);
		expect(await valuesOf(`const b = ${input};`)).toBe(expected);
	});

	it.each([
		['const b = Buffer.alloc(12);\nb.writeUInt32LE(1, 0);\nb.writeUInt32LE(10000, 4);', values(1, 10000, 0)],
		['const b = Buffer.alloc(12);\nb.writeUInt32BE(1, 0);', values(0x1000000, 0, 0)],
		['const b = Buffer.alloc(12);\nb.writeUInt16LE(500, 4);\nb[0] = 1;', values(1, 500, 0)],
		['const b = new Uint32Array(3);\nb[0] = 1;\nb[1] = other;', 'keepaliveinterval=0 onoff=1'],
		[
			'const b = new ArrayBuffer(12);\nconst v = new DataView(b, 4);\nv.setUint32(0, 10000, true);',
			values(0, 10000, 0),
		],
		['const b = Buffer.alloc(12);\nconst v = new DataView(b.buffer);\nv.setUint32(0, 1);', values(0x1000000, 0, 0)],
		['const b = Buffer.alloc(12);\nconsole.log(b.length);', values(0, 0, 0)],
		['const b = Buffer.alloc(12);\nother(b);', ''],
		['const b = Buffer.alloc(12);\nif (flag) b.writeUInt32LE(1, 0);', ''],
		['const b = Buffer.alloc(12);\nb.writeUInt32LE(1, other);', ''],
		['const b = Buffer.alloc(12);\nconst c = b.subarray(4);\nc[0] = 1;', ''],
		['let b = Buffer.alloc(12);\nif (flag) b = other;', ''],
	])('%s', async (before, expected) => {
		expect(await valuesOf(before)).toBe(expected);
	});

	it.each([
		['const b = { onoff: 1, keepalivetime: 10000, keepaliveinterval: 1000 };', values(1, 10000, 1000)],
		['const b = { onoff: true, keepalivetime: other };\nb.keepaliveinterval = 1000;', 'keepaliveinterval=1000 onoff=1'],
		['const b = { onoff: 1 };\nother(b);', ''],
	])('of a structure: %s', async (before, expected) => {
		expect(await valuesOf(before, 'b', 'ofStruct')).toBe(expected);
	});

	const MADE = 'const b = Buffer.alloc(12);\n';
	it.each([
		['b.writeUInt8(7, 1);', values(7 << 8, 0, 0)],
		['b.writeUInt8(7);', values(7, 0, 0)],
		['b.writeInt32LE(-1, 4);', values(0, 0xffffffff, 0)],
		['b.writeUint32LE(7, 4);', values(0, 7, 0)],
		['b.writeUInt16BE(0x1234, 4);', values(0, 0x3412, 0)],
		['b.writeBigUInt64LE(0x100000002n, 4);', values(0, 2, 1)],
		['b.writeBigInt64BE(0x100000002n, 4);', values(0, 0x1000000, 0x2000000)],
		['b.writeUInt32LE(true, 4);', values(0, 1, 0)],
		['b.writeUInt32LE(7, 4);\nb.writeUInt32LE(8, 4);', values(0, 8, 0)],
		['b.writeUInt32LE(other, 4);', 'keepaliveinterval=0 onoff=0'],
		['b.writeUInt16LE(other, 4);', 'keepaliveinterval=0 onoff=0'],
		['b.writeUInt32BE(other, 4);', 'keepaliveinterval=0 onoff=0'],
		['b.writeUInt32LE(1.5, 4);', 'keepaliveinterval=0 onoff=0'],
		['b.writeUInt32LE();', ''],
		['b.writeFloatLE(1, 4);', ''],
		['b.writeUIntLE(1, 4, 4);', ''],
		['b.fill(1);', ''],
		['b.readUInt32LE(0); b.toString(); b.slice(4); b.at(0); b.includes(1); b.equals(other);', values(0, 0, 0)],
		['other(b.length, b.byteLength, b.byteOffset);', values(0, 0, 0)],
		['other(b.buffer);', ''],
		['const c = b.buffer;', values(0, 0, 0)],
		['const c = b;\nc[4] = 7;', values(0, 7, 0)],
		['const c = b;\nother(c);', ''],
		['let c = b;\nc[4] = 7;', ''],
		['const [c] = b;', ''],
		['other = b;', ''],
		['const c = [b];', ''],
		['const c = { b };', ''],
		['return b;', ''],
		['b[0]++;', ''],
		['b[0] += 1;', ''],
		['other(b[0]);', values(0, 0, 0)],
		['other[b] = 1;', values(0, 0, 0)],
		['b[other] = 1;', ''],
		['b[3] = 7;', values(7 * 0x1000000, 0, 0)],
		['const v = new Uint32Array(b.buffer);\nv[1] = 7;', values(0, 7, 0)],
		['const v = new Uint32Array(b.buffer, 4);\nv[1] = 7;', values(0, 0, 7)],
		['const v = new Uint16Array(b.buffer, 4, 2);\nv[0] = 7;', values(0, 7, 0)],
		['const v = new Float32Array(b.buffer);\nv[1] = 7;', ''],
		['const v = new Uint32Array(b.buffer, other);\nv[1] = 7;', ''],
		['const v = new Uint32Array(b.buffer, -4);\nv[1] = 7;', ''],
		['const v = new Uint32Array(b);\nv[1] = 7;', ''],
		['const v = new DataView(b.buffer);\nv.setUint8(4, 7);', values(0, 7, 0)],
		['const v = new DataView(b.buffer);\nv.setInt16(4, 0x1234);', values(0, 0x3412, 0)],
		['const v = new DataView(b.buffer);\nv.setUint32(4, 7, false);', values(0, 7 * 0x1000000, 0)],
		['const v = new DataView(b.buffer);\nv.setBigUint64(4, 7n, true);', values(0, 7, 0)],
		['const v = new DataView(b.buffer);\nv.getUint32(4);', values(0, 0, 0)],
		['koffi.sizeof(b);', values(0, 0, 0)],
		['koffi.decode(b, "int");', values(0, 0, 0)],
		['koffi.encode(b, "int", 1);', ''],
		['const p = koffi.as(b, "int *");', values(0, 0, 0)],
		['const p = koffi.as(b, "int *");\nother(p);', ''],
		['console.log(b);', values(0, 0, 0)],
		['if (b) other();', values(0, 0, 0)],
		['(b as Buffer)[4] = 7;', values(0, 7, 0)],
		['for (const c of other) b[4] = 7;', ''],
		['for (;;) { break; }\nb[4] = 7;', values(0, 7, 0)],
		['try { b[4] = 7; } catch {}', ''],
		['flag && b.writeUInt8(7, 4);', ''],
		['const g = () => { b[4] = 7; };', ''],
		['{ b[4] = 7; }', values(0, 7, 0)],
		['{ const b = other; b[4] = 7; }', values(0, 0, 0)],
	])('of a Buffer: %s', async (written, expected) => {
		expect(await valuesOf(MADE + written)).toBe(expected);
	});

	it.each([
		['const b = new Uint32Array(3);', 'b.buffer', values(0, 0, 0)],
		['const b = new Uint32Array([1, 2, 3]);', 'b.buffer', values(1, 2, 3)],
		['const b = new Uint32Array([0, 1, 2, 3]);', 'new Uint32Array(b.buffer, 4)', values(1, 2, 3)],
		['const b = new Uint32Array([0, 1, 2, 3]);', 'Buffer.from(b.buffer, 4)', values(1, 2, 3)],
		['const b = new Uint32Array([1, 2, 3]);', 'koffi.address(b)', values(1, 2, 3)],
		['const b = new Uint32Array([1, 2, 3]);', 'Object.freeze(b)', values(1, 2, 3)],
		['const b = new Uint32Array([1, 2, 3]);', 'other(b)', ''],
		['const b = new Uint16Array([1, 0, 2, 0, 3, 0]);', 'b', values(1, 2, 3)],
		['const b = new BigUint64Array([0x200000001n, 3n]);', 'b', values(1, 2, 3)],
		['const b = new Uint32Array([1, 2]);', 'b', 'keepalivetime=2 onoff=1'],
		['const b = new Float32Array([1, 2, 3]);', 'b', ''],
		['const b = new Int32Array([-1, 2, 3]);', 'b', values(0xffffffff, 2, 3)],
		["const b = Buffer.from('AQAAAAIAAAADAAAA', 'base64');", 'b', values(1, 2, 3)],
		["const b = Buffer.from('\\x01\\x00\\x00\\x00');", 'b', 'onoff=1'],
		['let b = new Uint32Array([1, 2, 3]);', 'b', values(1, 2, 3)],
		['let b = other;\nb = new Uint32Array([1, 2, 3]);', 'b', ''],
		['var b = new Uint32Array([1, 2, 3]);', 'b', values(1, 2, 3)],
		['const b = flag ? Buffer.alloc(12) : Buffer.alloc(12);', 'b', ''],
		['const c = new Uint32Array([1, 2, 3]);\nconst b = c;', 'b', values(1, 2, 3)],
		['const c = new Uint32Array([1, 2, 3]);\nconst b = c;\nc[1] = 7;', 'b', values(1, 7, 3)],
	])('%s as %s', async (before, argument, expected) => {
		expect(await valuesOf(before, argument)).toBe(expected);
	});

	it.each([
		['const b = { onoff: 1, keepalivetime: 2 };\nb.keepalivetime = 7;', 'keepalivetime=7 onoff=1'],
		["const b = { onoff: 1 };\nb['keepalivetime'] = 7;", 'keepalivetime=7 onoff=1'],
		['const b = { onoff: 1 };\nb.keepalivetime = other;', 'onoff=1'],
		['const b = { onoff: 1, inner: {} };\nother(b.inner);', ''],
		['const b = { onoff: 1 };\nb.onoff++;', ''],
		['const b = { onoff: 1 };\ndelete b.onoff;', ''],
		['const b = { onoff: 1 };\nif (flag) b.keepalivetime = 7;', ''],
		['const b = { onoff: 1 };\nObject.assign(b, other);', ''],
		['const b = Object.freeze({ onoff: 1 });', 'onoff=1'],
	])('of an object: %s', async (before, expected) => {
		expect(await valuesOf(before, 'b', 'ofStruct')).toBe(expected);
	});

	it('are told where the type of the input is known', async () => {
		expect(await valuesOf('', 'new Uint32Array([1, 2, 3])', 'WSAIoctl', 'other')).toBe('');
		expect(await valuesOf('', 'Buffer.from([2, 0, 0, 0])', 'WSAIoctl', '0x98000001')).toBe('=2');
	});

	/** What is known of the memory: a number that is written as it stands has a mark, and a hyphen goes before what is unwritten. */
	const memoryOf = async (before: string, argument: string, callee: string) => {
		const text = `${KOFFI}function f(s, flag, other) {\n${before}\n${callee}(s, 0x98000004, ${argument}, 12, null, 0, [0], null, null);\n}\n`;
		const [first] = await callsOf(text);
		return told(first?.input?.pointer.object);
	};
	const told = ({ initial = [], unwritten = [] }: Pick<PointedObject, 'initial' | 'unwritten'> = {}) => {
		const values = initial.map(({ path, value, order }) => `${path}=${value}${order === 'host' ? '!' : ''}`);
		return [...values, ...unwritten.map((path) => `-${path}`)].join(' ');
	};

	it.each([
		['const b = Buffer.alloc(12); b.writeUInt32LE(1);', 'onoff=1! keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt32LE(256, 4);', 'onoff=0 keepalivetime=256! keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeInt8(1, 1);', 'onoff=256 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt8(255, 4);', 'onoff=0 keepalivetime=255 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt16BE(258, 4);', 'onoff=0 keepalivetime=513 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt16LE(258, 4);', 'onoff=0 keepalivetime=258 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeInt32LE(-1, 4);', 'onoff=0 keepalivetime=4294967295 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeBigUInt64LE(4294967296n, 0);', 'onoff=0 keepalivetime=1 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeBigInt64BE(1n, 0);', 'onoff=0 keepalivetime=16777216 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt32LE(other, 4);', 'onoff=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt32LE(1, other);', ''],
		['const b = Buffer.alloc(12); b.writeUInt32LE();', ''],
		['const b = Buffer.alloc(12); b.writeFloatLE(1, 0);', ''],
		['const b = Buffer.alloc(12); b.write("a");', ''],
		['const b = Buffer.alloc(12); b.readUInt32LE(0);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.toString();', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.slice(4);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.at(0);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.includes(1);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.equals(other);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.fill(1);', ''],
		['const b = Buffer.alloc(12); b.set([1]);', ''],
		['const b = Buffer.alloc(12); b.length;', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.byteLength;', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.byteOffset;', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.other;', ''],
		['const b = Buffer.alloc(12); b.other = 1;', ''],
		['const b = Buffer.alloc(12); b[4] = 1;', 'onoff=0 keepalivetime=1 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b[4] += 1;', ''],
		['const b = Buffer.alloc(12); b[4]++;', ''],
		['const b = Buffer.alloc(12); b[4];', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b[other] = 1;', ''],
		['const b = Buffer.alloc(12); b["4"] = 1;', ''],
		['const b = Buffer.alloc(12); f(b[4]);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); other(b);', ''],
		['const b = Buffer.alloc(12); console.log(b);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); koffi.sizeof(b);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); koffi.decode(b, "int");', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); koffi.as(b, "int *");', ''],
		['const b = Buffer.alloc(12); new Uint8Array(b.buffer)[4] = 1;', ''],
		[
			'const b = Buffer.alloc(12); const c = new Uint8Array(b.buffer); c[4] = 1;',
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new Uint32Array(b.buffer, 4); c[0] = 258;',
			'onoff=0 keepalivetime=258! keepaliveinterval=0',
		],
		['const b = Buffer.alloc(12); const c = new Uint32Array(b.buffer, other); c[0] = 258;', ''],
		['const b = Buffer.alloc(12); let c = new Uint8Array(b.buffer); c[4] = 1;', ''],
		['const b = Buffer.alloc(12); const c = b; c[4] = 1;', 'onoff=0 keepalivetime=1 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); let c = b; c[4] = 1;', ''],
		['const b = Buffer.alloc(12); const { c } = b;', ''],
		[
			'const b = Buffer.alloc(12); const c = b.buffer; const d = new Uint8Array(c); d[8] = 1;',
			'onoff=0 keepalivetime=0 keepaliveinterval=1',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setUint32(4, 258);',
			'onoff=0 keepalivetime=33619968 keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setUint32(4, 258, true);',
			'onoff=0 keepalivetime=258! keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setUint32(4, 258, false);',
			'onoff=0 keepalivetime=33619968 keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setUint32(4, 258, other);',
			'onoff=0 keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setUint8(4, 3);',
			'onoff=0 keepalivetime=3 keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setInt16(4, -2, true);',
			'onoff=0 keepalivetime=65534 keepaliveinterval=0',
		],
		[
			'const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.getUint32(4);',
			'onoff=0 keepalivetime=0 keepaliveinterval=0',
		],
		['const b = Buffer.alloc(12); const c = new DataView(b.buffer); c.setFloat32(4, 1);', ''],
		['const b = Buffer.alloc(12); if (flag) b[4] = 1;', ''],
		['const b = Buffer.alloc(12); for (;;) b[4] = 1;', ''],
		['const b = Buffer.alloc(12); flag && (b[4] = 1);', ''],
		['const b = Buffer.alloc(12); b[4] = 1; b[4] = 2;', 'onoff=0 keepalivetime=2 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b[4] = 1; b.writeUInt16LE(513, 4);', 'onoff=0 keepalivetime=513 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b[12] = 1;', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); if (b) other();', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); typeof b;', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); other = b;', ''],
		['const b = Buffer.alloc(12); other = { b };', ''],
		['const b = Buffer.alloc(12); other = [b];', ''],
		['const b = Buffer.alloc(12); return_(() => b);', ''],
		['const b = Buffer.alloc(12); const g = () => { b[4] = 1; };', ''],
		['const b = Buffer.alloc(12); b[4] = true;', 'onoff=0 keepalivetime=1 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt32LE(5000, 4);', 'onoff=0 keepalivetime=5000! keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt32LE(257, 4);', 'onoff=0 keepalivetime=257 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b.writeUInt32LE(0x1388, 4);', 'onoff=0 keepalivetime=5000 keepaliveinterval=0'],
		[
			'const b = Buffer.alloc(12); b.writeUInt32LE(5000, 4); b[4] = 1;',
			'onoff=0 keepalivetime=4865 keepaliveinterval=0',
		],
		['const b = Buffer.allocUnsafe(12);', '-'],
		['const b = Buffer.allocUnsafe(12); b.fill(0);', ''],
		['const b = Buffer.allocUnsafe(12); b.writeUInt32LE(1, 0);', 'onoff=1! -keepalivetime -keepaliveinterval'],
		['const b = Buffer.allocUnsafe(12); b.writeUInt32LE(1, 4);', 'keepalivetime=1! -onoff -keepaliveinterval'],
		[
			'const b = Buffer.allocUnsafe(12); b.writeUInt32LE(1, 0); b.writeUInt32LE(2, 4); b.writeUInt32LE(3, 8);',
			'onoff=1! keepalivetime=2! keepaliveinterval=3!',
		],
		['const b = Buffer.allocUnsafe(12); b.writeUInt8(1, 4);', '-onoff -keepaliveinterval'],
		['const b = Buffer.allocUnsafe(12); b.writeUInt32LE(1, 2);', '-keepaliveinterval'],
		['const b = Buffer.allocUnsafe(12); b.writeUInt32LE(other, 8);', '-onoff -keepalivetime'],
		['const b = Buffer.allocUnsafe(12); other(b);', ''],
		['const b = Buffer.allocUnsafe(12); b.writeUInt32LE(1, other);', ''],
		['const b = new Uint32Array(3); b[1] = 5000;', 'onoff=0 keepalivetime=5000! keepaliveinterval=0'],
		['const b = new Uint32Array(3); b[1] = other;', 'onoff=0 keepaliveinterval=0'],
		['const b = new Uint32Array(3); b[1] = -1;', 'onoff=0 keepalivetime=4294967295 keepaliveinterval=0'],
		['const b = new Uint32Array(3); b[3] = 1;', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = new Uint32Array(3); b.set([1]);', ''],
		['const b = new Uint16Array([1, 2, 3, 4, 5, 6]);', 'onoff=131073 keepalivetime=262147 keepaliveinterval=393221'],
		['const b = new Uint32Array([1, 5000, 257]);', 'onoff=1! keepalivetime=5000! keepaliveinterval=257'],
		['const b = new Int32Array([-1, 0, 1]);', 'onoff=4294967295 keepalivetime=0 keepaliveinterval=1!'],
		['const b = new Float32Array([1, 2, 3]);', ''],
		['const b = new Float32Array(3); b[0] = 1;', ''],
		['const b = new BigUint64Array([4294967297n]);', 'onoff=1 keepalivetime=1'],
		['const b = new Uint8Array([1, 2]);', ''],
		['const b = new Uint8Array(5000);', ''],
		['const b = Uint32Array.of(1, 2, other);', 'onoff=1! keepalivetime=2!'],
		["const b = Buffer.from('010000000200000003000000', 'hex');", 'onoff=1 keepalivetime=2 keepaliveinterval=3'],
		['const b = new Uint32Array([1, 5000, 3]); b[1] = other;', 'onoff=1! keepaliveinterval=3!'],
		['const b = new Uint32Array([1, 5000, 3]).subarray(0);', ''],
		['const b = Buffer.from([256, -1, 1.5, true, 0]);', ''],
		[
			'const v = new ArrayBuffer(12); const b = new DataView(v); b.setUint32(4, 258);',
			'onoff=0 keepalivetime=33619968 keepaliveinterval=0',
		],
		[
			'const v = new ArrayBuffer(12); const b = new DataView(v); b.setUint32(0, 1, true);',
			'onoff=1! keepalivetime=0 keepaliveinterval=0',
		],
		['let b = Buffer.alloc(12);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['let b = Buffer.alloc(12); b = other;', ''],
		['var b = Buffer.alloc(12);', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const [b] = [Buffer.alloc(12)];', ''],
		['const b = flag ? Buffer.alloc(12) : other;', ''],
		['const b = Buffer.alloc(other);', ''],
		['const b = Object.freeze(Buffer.alloc(12));', 'onoff=0 keepalivetime=0 keepaliveinterval=0'],
		['const b = Buffer.alloc(12); b[4] = 1;', 'onoff=0 keepalivetime=1 keepaliveinterval=0', 'b.buffer', 'WSAIoctl'],
		[
			'const b = Buffer.alloc(12); b[4] = 1;',
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
			'new Uint8Array(b.buffer)',
			'WSAIoctl',
		],
		['const b = Buffer.alloc(12); b[4] = 1;', 'onoff=1 keepalivetime=0', 'new Uint8Array(b.buffer, 4)', 'WSAIoctl'],
		['const b = Buffer.alloc(12); b[4] = 1;', '', 'new Uint8Array(b.buffer, 13)', 'WSAIoctl'],
		['const b = Buffer.alloc(12); b[4] = 1;', '', 'new Uint8Array(b.buffer, -1)', 'WSAIoctl'],
		[
			'const b = Buffer.alloc(12); b[4] = 1;',
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
			'koffi.address(b)',
			'WSAIoctl',
		],
		[
			'const b = Buffer.alloc(12); b[4] = 1;',
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
			'koffi.as(b, "void *")',
			'WSAIoctl',
		],
		['const b = Buffer.alloc(12); b[4] = 1;', 'onoff=0 keepalivetime=1 keepaliveinterval=0', '(b as any)!', 'WSAIoctl'],
		['const b = Buffer.alloc(12); b[4] = 1;', '', 'b.subarray(4)', 'WSAIoctl'],
		['', 'onoff=0 keepalivetime=0 keepaliveinterval=0', 'Buffer.alloc(12).buffer', 'WSAIoctl'],
		['', 'onoff=1! keepalivetime=2!', '{ onoff: 1, keepalivetime: 2 }', 'ofStruct'],
		['', 'onoff=1 keepalivetime=5000!', '{ onoff: true, keepalivetime: 5000, keepaliveinterval: other }', 'ofStruct'],
		['const b = { onoff: 1 };', 'onoff=1!', 'b', 'ofStruct'],
		['const b = { onoff: 1 }; b.keepalivetime = 5000;', 'onoff=1! keepalivetime=5000!', 'b', 'ofStruct'],
		['const b = { onoff: 1 }; b.onoff = other;', '', 'b', 'ofStruct'],
		["const b = { onoff: 1 }; b['onoff'] = 2;", 'onoff=2!', 'b', 'ofStruct'],
		['const b = { onoff: 1 }; b.onoff;', '', 'b', 'ofStruct'],
		['const b = { onoff: { a: 1 } }; b.onoff.a = 2;', '', 'b', 'ofStruct'],
		['const b = { onoff: [1, 2] };', 'onoff[0]=1 onoff[1]=2', 'b', 'ofStruct'],
		['const b = { onoff: { a: [1, { c: 2 }] } };', 'onoff.a[0]=1 onoff.a[1].c=2!', 'b', 'ofStruct'],
		['const b = { onoff: { a: 1, b: 2 }, onoffs: 3 }; b.onoff = 4;', 'onoffs=3! onoff=4!', 'b', 'ofStruct'],
		['const onoff = 3; const b = { onoff };', 'onoff=3', 'b', 'ofStruct'],
		['const b = { "onoff": 1, [other]: 2 };', 'onoff=1!', 'b', 'ofStruct'],
		['const b = { onoff: 1 }; other(b);', '', 'b', 'ofStruct'],
		[
			'const b = Object.freeze({ onoff: 1, keepalivetime: 2 }); other(b.onoff);',
			'onoff=1! keepalivetime=2!',
			'b',
			'ofStruct',
		],
		['const b = Object.freeze({ onoff: 1, keepalivetime: { a: 2 } }); other(b.keepalivetime);', '', 'b', 'ofStruct'],
		['const o = { inner: { onoff: 1 } }; const b = o.inner;', '', 'b', 'ofStruct'],
		['const { b } = { b: { onoff: 1 }, onoff: 2 };', '', 'b', 'ofStruct'],
		['let b = { onoff: 1 }; b = { onoff: 2 };', '', 'b', 'ofStruct'],
		['const b = Buffer.alloc(12); const g = () => { const c = b; other(c.length); };', ''],
		['const b = Buffer.alloc(12); const c = b; c[4] = 1; b[4] = 2;', 'onoff=0 keepalivetime=2 keepaliveinterval=0'],
		[
			'const größe = Buffer.alloc(12); größe[4] = 1;',
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
			'größe',
			'WSAIoctl',
		],
		[
			'const größe = Buffer.alloc(12); const größer = Buffer.alloc(12); größer[4] = 1;',
			'onoff=0 keepalivetime=0 keepaliveinterval=0',
			'größe',
			'WSAIoctl',
		],
		[
			'{ let b = other; b = 1; } var b = Buffer.alloc(12); b[4] = 1;',
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
			'b',
			'WSAIoctl',
		],
		['', '', '[{ onoff: 1 }]', 'ofStruct'],
		['', 'onoff=1!', '{ ...other, onoff: 1 }', 'ofStruct'],
		['', 'onoff=1 keepalivetime=2 keepaliveinterval=3', 'koffi.as([1, 2, 3], "uint32_t *")', 'WSAIoctl'],
		['', 'onoff=131073', 'koffi.as([1, 2, 3], "uint16_t *")', 'WSAIoctl'],
	])('%s: %s', async (before, expected, argument = 'b', callee = 'WSAIoctl') => {
		expect(await memoryOf(before, argument, callee)).toBe(expected);
	});

	const frozen = (times: number, text: string) => `${'Object.freeze('.repeat(times)}${text}${')'.repeat(times)}`;
	const ZEROS = 'onoff=0 keepalivetime=0 keepaliveinterval=0';
	const others = (count: number, of = (name: string) => name) =>
		Array.from({ length: count }, (_, i) => `const c${i + 1} = ${of(i === 0 ? 'b' : `c${i}`)};`).join(' ');
	it.each([
		['', frozen(7, 'b'), ZEROS],
		['', frozen(8, 'b'), ''],
		[others(3, (name) => frozen(1, name)), 'c3', ZEROS],
		[others(4, (name) => frozen(1, name)), 'c4', ''],
		[others(8), 'b', ZEROS],
		[others(3), 'c3', ZEROS],
		[others(9), 'b', ''],
	])('behind several names, %s %s', async (before, argument, expected) => {
		expect(await memoryOf(`const b = Buffer.alloc(12); ${before}`, argument, 'WSAIoctl')).toBe(expected);
	});

	const BEHIND = '12, null, 0, [0], null, null';
	it.each([
		['of the file', `const b = Buffer.alloc(12);\nWSAIoctl(1, 0x98000004, b, ${BEHIND});`, ZEROS],
		[
			'that parts of the file write to',
			`const b = Buffer.alloc(12);\nconst c = b;\nc[4] = 1;\nb[4] = 2;\nWSAIoctl(1, 0x98000004, b, ${BEHIND});`,
			'onoff=0 keepalivetime=2 keepaliveinterval=0',
		],
		[
			'of the file in a function',
			`const b = Buffer.alloc(12);\nfunction f(s) { WSAIoctl(s, 0x98000004, b, ${BEHIND}); }`,
			'',
		],
		[
			'whose name has other letters',
			`const größe = Buffer.alloc(12);\ngröße[4] = 1;\nWSAIoctl(1, 0x98000004, größe, ${BEHIND});`,
			'onoff=0 keepalivetime=1 keepaliveinterval=0',
		],
		[
			'that is named often',
			`function f(s) { const b = Buffer.alloc(12); ${'b.length;'.repeat(900)} WSAIoctl(s, 0x98000004, b, ${BEHIND}); }`,
			ZEROS,
		],
		[
			'that is named more often',
			`function f(s) { const b = Buffer.alloc(12); ${'b.length;'.repeat(1000)} WSAIoctl(s, 0x98000004, b, ${BEHIND}); }`,
			'',
		],
		[
			'beside another that is named often',
			`function e(b) { ${'b;'.repeat(900)} } function f(s) { const b = Buffer.alloc(12); ${'b.length;'.repeat(200)} WSAIoctl(s, 0x98000004, b, ${BEHIND}); }`,
			ZEROS,
		],
		[
			'of a function in another',
			`function f(s) { const b = Buffer.alloc(12); return () => WSAIoctl(s, 0x98000004, b, ${BEHIND}); }`,
			'',
		],
		['in a list of the file', `const list = [Buffer.alloc(12), ${BEHIND}];\nWSAIoctl(1, 0x98000004, ...list);`, ''],
		[
			'in a list',
			`function f(s) { const list = [Buffer.alloc(12), ${BEHIND}]; list[0].fill(1); WSAIoctl(s, 0x98000004, ...list); }`,
			'',
		],
		['in a list of the call', `function f(s) { WSAIoctl(s, 0x98000004, ...[Buffer.alloc(12), ${BEHIND}]); }`, ZEROS],
	])('%s', async (_, text, expected) => {
		const [first] = await callsOf(`${KOFFI}${text}\n`);
		expect(told(first?.input?.pointer.object)).toBe(expected);
	});
});

const missing = (): never => {
	throw new Error('what is asked for is not there');
};

describe('an argument', () => {
	const IMPORTS =
		"import { WSAIoctl, SIO_RCVALL, SIOCGIFCONF, WSK_SO_BASE, UNKNOWN_CODE as OTHER_CODE, small } from 'w';\nimport koffi from 'koffi';\nconst outside = Buffer.alloc(4);\n";
	/** The first call, whose arguments but two are as good as nothing. */
	const callWith = async (argument: string, place: 'code' | 'input' | 'inSize', before = '') => {
		const given = { code: '1', input: 'null', inSize: '0', [place]: argument };
		const text = `${IMPORTS}function f(s, flag, n, m, o, code, NAME) {\n${before}\nWSAIoctl(s, ${given.code}, ${given.input}, ${given.inSize}, null, 0, [0], null, null);\n}\n`;
		return { call: (await callsOf(text))[0] ?? missing(), text };
	};

	it.each([
		['SIO_RCVALL', '', '98000001', 'SIO_RCVALL'],
		['(SIO_RCVALL)', '', '98000001', 'SIO_RCVALL'],
		['other.SIO_RCVALL', '', '98000001', 'SIO_RCVALL'],
		['WSK_SO_BASE', '', '', 'WSK_SO_BASE'],
		['SIOCGIFCONF', '', '', 'SIOCGIFCONF'],
		['OTHER_CODE', '', '', 'OTHER_CODE'],
		['small', '', '', ''],
		['SIO_NEVER_MENTIONED', '', '', ''],
		['NAME', '', '', ''],
		['o.code', '', '', ''],
		["o['SIO_RCVALL']", '', '', ''],
		['CODE', 'const CODE = 0x98000001;', '98000001', 'CODE own'],
		['C.CODE', 'const C = { CODE: 0x98000001 };', '98000001', 'CODE own'],
		['CODE', 'const CODE = load();', '', ''],
		['CODE', '{ const CODE = 1; m(CODE); } var CODE = 0x98000001;', '98000001', 'CODE own'],
		['CODE', 'var CODE = 0x98000001; { const CODE = 1; m(CODE); }', '98000001', 'CODE own'],
		['FIONBIO', 'const { FIONBIO } = load();', '8004667e', 'FIONBIO'],
		['FIONBIO', 'const { a: FIONBIO } = load();', '', ''],
		['FIONBIO', "const FIONBIO = 'text';", '', ''],
		['C.FIONBIO', "const C = { FIONBIO: 'text' };", '', ''],
		['flag ? 1 : 2', '', '1 2', ''],
		["koffi.sizeof('void *')", '', '', ''],
		['null', '', '0', ''],
		['4294967295n', '', 'ffffffff', ''],
		['4294967296n', '', '0', ''],
	])('is the code %s behind %j', async (argument, before, values, name) => {
		const { call } = await callWith(argument, 'code', before);
		const { code } = call;
		expect(code.values.map((value) => value.toString(16)).join(' ')).toBe(values);
		expect(`${code.name ?? ''}${code.ownName ? ' own' : ''}`).toBe(name);
	});

	it.each([
		['12', '12 literal'],
		['null', '0 literal'],
		['-1', '4294967295 literal'],
		['18446744073709551615n', '4294967295 literal'],
		['4294967297n', '1 literal'],
		['0.5', '-'],
		['flag ? 4 : 8', '4|8'],
		['flag ? 0.5 : 4', '-'],
		['n', '-'],
		["koffi.sizeof('void *')", '4/8 of pointer'],
		["koffi.sizeof('void *') / 8", '-'],
		['flag ? -1 : 4', '4294967295|4'],
		['8 + n', '- least 8 n'],
		['(n + 8)', '- least 8 n'],
		["n.length + koffi.sizeof('void *')", '- least 4/8 n.length'],
		['8 - n', '-'],
		['n + m', '-'],
		['8 + f(n)', '-'],
		['8 + -n', '-'],
		['new Uint32Array(3).length', '3 elements 4'],
		['new Uint32Array(n).length', '- elements 4'],
	])('is the size %s', async (argument, expected) => {
		const { call } = await callWith(argument, 'inSize');
		const { value, literal, least, sizeofType, elements } = call.input?.size ?? missing();
		const bytes = ({ x86, x64 }: { x86: number; x64: number }) => (x86 === x64 ? `${x64}` : `${x86}/${x64}`);
		const told = [
			value.kind === 'known' ? value.values.map(bytes).join('|') : '-',
			...(literal ? ['literal'] : []),
			...(least ? [`least ${bytes(least.bytes)} ${least.more}${least.certain ? ' certain' : ''}`] : []),
			...(sizeofType ? [`of ${sizeofType.kind}`] : []),
			...(elements ? [`elements ${elements.bytes}`] : []),
		];
		expect(told.join(' ')).toBe(expected);
	});

	it.each([
		['null', '', 'null'],
		['0', '', 'null'],
		['1', '', 'not-null at 1'],
		['4294967297n', '', 'not-null at 1'],
		['flag ? 1 : 2', '', 'unknown mistaken 1,2'],
		['flag ? 0 : 1', '', 'unknown mistaken 0,1'],
		['n', '', 'unknown'],
		["'text'", '', "not-null 'text'"],
		['() => 1', '', 'not-null () => 1'],
		['[1, 2]', '', 'not-null [1, 2]'],
		['flag ? b : c', 'const b = Buffer.alloc(4), c = Buffer.alloc(8);', 'not-null flag ? b : c'],
		['flag ? b : null', 'const b = Buffer.alloc(4);', 'unknown'],
		['b', 'const b = Buffer.alloc(4);', 'not-null b of 4 declared b'],
		['Buffer.alloc(4)', '', 'not-null Buffer.alloc(4) of 4'],
		['outside', '', 'not-null outside of 4'],
	])('is the address %s behind %j', async (argument, before, expected) => {
		const { call, text } = await callWith(argument, 'input', before);
		const { nullness, address, mistaken, object } = call.input?.pointer ?? missing();
		const told = [
			nullness,
			...(address === undefined ? [] : [`at ${address}`]),
			...(mistaken?.kind === 'number' ? [`mistaken ${mistaken.values.join()}`] : []),
			...(object ? [object.text] : []),
			...(object?.capacity ? [`of ${object.capacity.x64}`] : []),
			...(object?.declared ? [`declared ${text.slice(object.declared.start, object.declared.end)}`] : []),
		];
		expect(told.join(' ')).toBe(expected);
	});

	it.each([
		['socket(2, 1, 6)', '0x4004747f', '0', 'SIO_GET_INTERFACE_LIST'],
		['socket(26, 1, 0)', '0x4004747f', '0', 'SIO_LAZY_DISCOVERY'],
		['socket(23, 1, 6)', '0x4004747f', '0', 'SIO_GET_INTERFACE_LIST'],
		['other', '0x4004747f', '0', '?'],
		['other', '0x4004747f', '75', '?'],
		['other', '0x4004747f', '76', 'SIO_GET_INTERFACE_LIST'],
		['other', '0x4004747f', 'other ? 76 : 80', 'SIO_GET_INTERFACE_LIST'],
		['other', '0x4004747f', 'other ? 75 : 80', '?'],
		['other', '0x4004747f', 'other', '?'],
		['other', 'w.SIO_LAZY_DISCOVERY', '77', 'SIO_LAZY_DISCOVERY'],
		['other', 'w.SIO_GET_INTERFACE_LIST', '0', 'SIO_GET_INTERFACE_LIST'],
		['socket(2, 1, 6)', 'w.SIO_LAZY_DISCOVERY', '0', 'SIO_LAZY_DISCOVERY'],
		['other', '0x9800000d', '0', '?'],
		['other', '0x98000004', '0', 'SIO_KEEPALIVE_VALS'],
	])('is one of the codes of its value: of %s, %s with room for %s', async (socket, code, room, expected) => {
		const text = `${KOFFI}import * as w from 'w';\nfunction f(other) {\nconst s = ${socket};\nWSAIoctl(s, ${code}, null, 0, other, ${room}, [0], null, null);\n}\n`;
		const [first] = await callsOf(text);
		expect(first?.code.entry?.name ?? '?').toBe(expected);
	});

	it('that is not written in the call stands where the call names its function', async () => {
		const text = `${IMPORTS}function f(s) {\n\tconst rest = [1, null, 0];\n\tw.WSAIoctl(s, ...rest, null, 0, [0], null, null);\n}\n`;
		const { code, bytesReturned } = (await callsOf(text))[0] ?? missing();
		expect(text.slice(code.start, code.end)).toBe('w.WSAIoctl');
		expect(text.slice(bytesReturned?.start, bytesReturned?.end)).toBe('[0]');
	});

	it('is the request of a function that the settings name', async () => {
		const requests = async (request: string) => {
			const text = `const kept = 2;\ncontrol(s, ${request}, 0, 0, 0, null, 0, null, null, null);\n`;
			const options = { functions: { control: 'WskControlSocket' } };
			const result = await checker.check({ name: 'example.ts', text }, options);
			return result?.calls.map(({ request, kind }) => request ?? kind);
		};
		expect(await requests('WskGetOption')).toEqual(['WskGetOption']);
		expect(await requests('2')).toEqual(['WskIoctl']);
		expect(await requests('kept + 0')).toEqual(['unknown']);
	});

	it('that cannot be read costs itself, but for what the parser says of itself', () => {
		const fail = (name: string) => () => {
			throw Object.assign(new Error(), { name });
		};
		expect(guarded(() => 1, 2)).toBe(1);
		expect(guarded(fail('RangeError'), 2)).toBe(2);
		expect(() => guarded(fail('RuntimeError'), 2)).toThrow();
	});
});

describe('a GUID', () => {
	const CONNECTEX = '0xb9, 0x07, 0xa2, 0x25, 0xf3, 0xdd, 0x60, 0x46, 0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e';

	it.each<[string, string, string | undefined]>([
		['', 'WSAID_ACCEPTEX', 'WSAID_ACCEPTEX'],
		['', 'Guids.WSAID_MINE', 'WSAID_MINE'],
		['const id = WSAID_ACCEPTEX;', 'id', 'WSAID_ACCEPTEX'],
		[`const id = Buffer.from([${CONNECTEX}]);`, 'id', 'WSAID_CONNECTEX'],
		['', `new Uint8Array([${CONNECTEX}])`, 'WSAID_CONNECTEX'],
		['const WSAID_MINE = load();', 'WSAID_MINE', 'WSAID_MINE'],
		['const WSAID_MINE = Buffer.alloc(16);', 'WSAID_MINE', undefined],
		['', 'other', undefined],
	])('%s %s', async (before, argument, expected) => {
		const text = `import { WSAIoctl } from 'w';\n${before}\nWSAIoctl(s, 0xc8000006, ${argument}, 16, out, 8, [0], null, null);\n`;
		expect((await callsOf(text)).map(({ guid }) => guid)).toEqual([expected]);
	});
});

describe('no source is costly', () => {
	const lines = (count: number, line: (i: number) => string) =>
		Array.from({ length: count }, (_, i) => line(i)).join('\n');
	const capacities = async (text: string) =>
		(await callsOf(KOFFI + text)).map(({ input }) => input?.pointer.object?.capacity?.x64);
	const call = (input: string) => `\nWSAIoctl(1n, 0x98000004, ${input}, 12, null, 0, [0], null, null);\n`;

	it('with arrays and strings that double', async () => {
		const arrays = `const a0 = [1, 2];\n${lines(40, (i) => `const a${i + 1} = [...a${i}, ...a${i}];`)}`;
		expect(await capacities(arrays + call('new Uint8Array(a10)') + call('new Uint8Array(a40)'))).toEqual([
			2048,
			undefined,
		]);
		const strings = `const s0 = 'ab';\n${lines(60, (i) => `const s${i + 1} = s${i} + s${i};`)}`;
		expect(await capacities(strings + call('Buffer.from(s10)') + call('Buffer.from(s60)'))).toEqual([2048, undefined]);
		const templates = `const s0 = 'ab';\n${lines(60, (i) => `const s${i + 1} = \`\${s${i}}\${s${i}}\`;`)}`;
		expect(await capacities(templates + call('Buffer.from(s60)'))).toEqual([undefined]);
	});

	it('with many spreads of a large array', async () => {
		const spreads = `const a = new Uint8Array(65536);\nconst b = [${'...a,'.repeat(1000)}];`;
		expect(await capacities(spreads + call('new Uint8Array(b)'))).toEqual([undefined]);
	});

	it('with deep nesting', async () => {
		expect(await capacities(call(`${'['.repeat(3000)}${']'.repeat(3000)}`))).toEqual([undefined]);
		expect(await capacities(call(`f${'(1, 2, 3)'.repeat(500)}`))).toEqual([undefined]);
		expect(await capacities(`const ${'['.repeat(2000)}x${']'.repeat(2000)} = y;${call('x')}`)).toEqual([undefined]);
	});

	it('with functions that call themselves, or each other twice', async () => {
		expect(await capacities(`function f(a) { return f(f(a)); }${call('f(1)')}`)).toEqual([undefined]);
		const chain = `const g0 = (x) => x + 1;\n${lines(40, (i) => `const g${i + 1} = (x) => g${i}(g${i}(x));`)}`;
		expect(await capacities(chain + call('Buffer.alloc(g3(1))') + call('Buffer.alloc(g40(1))'))).toEqual([
			9,
			undefined,
		]);
	});

	it('with thousands of members, assignments or white space', async () => {
		const numbers = `enum E {\n${lines(4000, (i) => `M${i},`)}\n}\n${lines(100, (i) => call(`Buffer.alloc(E.M${i * 40})`))}`;
		expect((await capacities(numbers)).slice(0, 3)).toEqual([0, 40, 80]);
		const sets = `function f() {\nlet n = 0;\n${lines(2000, (i) => `n = ${i};`)}\n${call('Buffer.alloc(n)')}}\n`;
		expect(await capacities(sets)).toEqual([1999]);
		expect(await capacities(`/* import ${' '.repeat(100_000)} */\n${call('Buffer.alloc(4)')}`)).toEqual([4]);
		expect(await capacities(`ws2.func('${'a'.repeat(100_000)}');${call('Buffer.alloc(4)')}`)).toEqual([4]);
	});
});
