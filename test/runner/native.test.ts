import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GuardedBuffer, int32, type Koffi, loadKoffi, uint32 } from '../../native/src/native.ts';
import { INTACT, root, scratch } from './support.ts';

describe('numbers for koffi', () => {
	test.each([0, 1, 0x7fffffff, 0x80000000, 0xffffffff])('uint32 passes %d', (value) =>
		expect(uint32(value)).toBe(value),
	);
	test.each([-1, 2 ** 32, 2 ** 33, 0.5, Number.NaN, Infinity, -Infinity])('uint32 stops %d', (value) =>
		expect(() => uint32(value)).toThrow(new RangeError(`${value} is no uint32`)),
	);
	test.each([-0x80000000, -1, 0, 0x7fffffff])('int32 passes %d', (value) => expect(int32(value)).toBe(value));
	test.each([-0x80000001, 0x80000000, 2 ** 33, 0.5, Number.NaN, Infinity])('int32 stops %d', (value) =>
		expect(() => int32(value)).toThrow(new RangeError(`${value} is no int32`)),
	);
});

describe('a guarded buffer', () => {
	const koffi = loadKoffi(root);
	const poke = (address: bigint, ...bytes: number[]) =>
		koffi.encode(address, 'uint8_t', Uint8Array.from(bytes), bytes.length);
	const withBuffer = (contents: Uint8Array, declared: number | undefined, use: (buffer: GuardedBuffer) => void) => {
		const buffer = new GuardedBuffer(koffi, contents, declared);
		try {
			use(buffer);
		} finally {
			buffer.free();
		}
	};

	test.each([0, 1, 7, 4096, 1024 * 1024])('of %d bytes holds its contents and is intact', (size) => {
		const contents = Buffer.alloc(size, 0x5a);
		withBuffer(contents, undefined, (buffer) => expect(buffer.inspect()).toEqual({ bytes: contents, guard: INTACT }));
	});

	test('shows what was written inside', () => {
		withBuffer(Buffer.alloc(4), undefined, (buffer) => {
			poke(buffer.address + 1n, 1, 2, 3);
			expect(buffer.inspect()).toEqual({ bytes: Buffer.of(0, 1, 2, 3), guard: INTACT });
		});
	});

	test.each([
		['the byte in front', -1, 1, 0],
		['the first guard byte', -64, 1, 0],
		['the byte behind', 7, 0, 1],
		['the last guard byte', 70, 0, 1],
	])('notices %s', (_name, offset, before, after) => {
		withBuffer(Buffer.alloc(7), undefined, (buffer) => {
			poke(buffer.address + BigInt(offset), 0);
			expect(buffer.inspect().guard).toEqual({ intact: false, before, after, first: offset, last: offset });
		});
	});

	test('counts the changed bytes on both sides', () => {
		withBuffer(Buffer.alloc(7), undefined, (buffer) => {
			poke(buffer.address - 3n, 0, 0);
			poke(buffer.address + 9n, 0, 0, 0);
			expect(buffer.inspect().guard).toEqual({ intact: false, before: 2, after: 3, first: -3, last: 11 });
		});
	});

	test('owns and guards what a declared size claims beyond the real one', () => {
		withBuffer(Buffer.alloc(4), 1000, (buffer) => {
			poke(buffer.address + 4n, ...Buffer.alloc(996 + 64));
			expect(buffer.inspect()).toEqual({
				bytes: Buffer.alloc(4),
				guard: { intact: false, before: 0, after: 1060, first: 4, last: 1063 },
			});
		});
	});

	test('takes a pointer inside, and none that would stick out', () => {
		withBuffer(Buffer.alloc(12), undefined, (buffer) => {
			buffer.writePointer(4, 0x1122334455667788n, 8);
			expect(buffer.inspect()).toEqual({ bytes: Buffer.from('000000008877665544332211', 'hex'), guard: INTACT });
			for (const at of [5, -1]) expect(() => buffer.writePointer(at, 0n, 8)).toThrow(RangeError);
		});
	});

	test('hands out copies, no views', () => {
		withBuffer(Buffer.alloc(4), undefined, (buffer) => {
			const { bytes } = buffer.inspect();
			bytes.fill(9);
			expect(buffer.inspect().bytes).toEqual(Buffer.alloc(4));
		});
	});

	test('frees its memory once', () => {
		const freed: unknown[] = [];
		const spy = { ...koffi, free: (value: unknown) => freed.push(value) } as unknown as Koffi;
		const buffer = new GuardedBuffer(spy, Buffer.alloc(4));
		buffer.free();
		buffer.free();
		expect(freed).toEqual([buffer.address - 64n]);
		koffi.free(freed[0]);
	});
});

describe('loadKoffi', () => {
	const folder = scratch();
	const fake = (name: string, code: string): string => {
		const home = path.join(folder, name);
		mkdirSync(path.join(home, 'node_modules/koffi'), { recursive: true });
		writeFileSync(path.join(home, 'node_modules/koffi/index.js'), code);
		return home;
	};

	test.each(['3.1.3', '3.1.4', '2.9.1', '3.0.9'])('refuses koffi %s, which may crash on load', (version) => {
		expect(() => loadKoffi(fake(version, `exports.version = '${version}'`))).toThrow(
			`koffi ${version} is too old; 3.1.5 is the oldest that is safe to load.`,
		);
	});

	test.each(['3.1.5', '3.2.0', '4.0.0', '3.10.0'])('takes koffi %s', (version) => {
		expect(loadKoffi(fake(version, `exports.version = '${version}'`)).version).toBe(version);
	});

	test('says what went wrong when the package cannot be loaded', () => {
		const home = fake('broken', "throw new Error('no binary here\\nand more')");
		expect(() => loadKoffi(home)).toThrow(
			`koffi in ${path.join(home, 'node_modules/koffi')} could not be loaded. Its binary comes as @koromix/koffi-${process.platform}-${process.arch}: no binary here`,
		);
	});
});

describe('the sources of the runner', () => {
	const folder = path.join(root, 'native/src');
	const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));

	test('never ask koffi for a view, a callback or an asynchronous call', () => {
		// Views break in a runtime with a memory cage; callbacks and worker threads would outlive the call.
		const used = sources.flatMap(({ text }) => [...text.matchAll(/\bkoffi\.(\w+)/g)].map((match) => match[1]));
		expect([...new Set(used)].sort()).toEqual([
			'alloc',
			'decode',
			'encode',
			'errno',
			'free',
			'load',
			'sizeof',
			'version',
		]);
		expect(sources.filter(({ text }) => /\.async\(/.test(text))).toEqual([]);
	});

	test('know no control code', () => {
		const names = sources
			.filter(({ text }) => /\b(SIO_\w+|FIONREAD|FIONBIO|SIOC\w+)\b/.test(text))
			.map(({ name }) => name);
		expect(names).toEqual([]);
	});

	test('import nothing of the server, the client or VS Code', () => {
		const imports = sources.flatMap(({ name, text }) =>
			[...text.matchAll(/(?:from|import) '([^']+)'/g)].map((match) => ({ name, from: match[1] ?? '' })),
		);
		const foreign = imports.filter(
			({ from }) =>
				!/^(node:[\w/]+|\.\.?\/[\w/.]+\.ts|vscode-jsonrpc\/node|@vscode\/l10n|koffi)$/.test(from) ||
				/server|client\//.test(from),
		);
		expect(foreign).toEqual([]);
		expect(imports.length).toBeGreaterThan(20);
	});
});
