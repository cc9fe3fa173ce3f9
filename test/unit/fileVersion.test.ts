/** The oldest Windows: from the option, or from a definition of the file that nothing can overrule. */
import { afterAll, describe, expect, it, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import type { CheckOptions } from '../../server/src/check/options.ts';
import { fileVersion } from '../../server/src/languages/c/version.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';

const version = (text: string) => fileVersion(text)?.version;

describe('a plain definition', () => {
	it.each([
		['_WIN32_WINNT 0x0501', '5.1'],
		['_WIN32_WINNT 0x0600', '6.0'],
		['_WIN32_WINNT (0x0603)', '6.3'],
		['_WIN32_WINNT _WIN32_WINNT_WIN7 // Windows 7', '6.1'],
		['NTDDI_VERSION 0x06000100', '6.0.6001'],
		['NTDDI_VERSION NTDDI_WIN8', '6.2'],
		['NTDDI_VERSION NTDDI_WIN10', '10.0.10240'],
		['NTDDI_VERSION NTDDI_WIN10_RS5', '10.0.17763'],
		['NTDDI_VERSION 0x0A00000BUL', '10.0.22000'],
	])('%s is %s', (definition, expected) => {
		expect(version(`#define ${definition}\n#include <winsock2.h>\n`)).toBe(expected);
	});

	/** The builds that Microsoft lists for the steps of `NTDDI_VERSION`. */
	it.each([
		['WIN2K', '5.0'],
		['WINXPSP3', '5.1'],
		['WS03SP2', '5.2'],
		['VISTA', '6.0'],
		['VISTASP1', '6.0.6001'],
		['WIN7', '6.1'],
		['WINBLUE', '6.3'],
		['WIN10', '10.0.10240'],
		['WIN10_TH2', '10.0.10586'],
		['WIN10_RS1', '10.0.14393'],
		['WIN10_RS2', '10.0.15063'],
		['WIN10_RS3', '10.0.16299'],
		['WIN10_RS4', '10.0.17134'],
		['WIN10_RS5', '10.0.17763'],
		['WIN10_19H1', '10.0.18362'],
		['WIN10_VB', '10.0.19041'],
		['WIN10_FE', '10.0.20348'],
		['WIN10_CO', '10.0.22000'],
		['WIN10_NI', '10.0.22621'],
	])('NTDDI_%s is %s', (name, expected) => {
		expect(version(`#define NTDDI_VERSION NTDDI_${name}\n`)).toBe(expected);
	});

	it.each([
		['0x0400', '4.0'],
		['0x03ff', undefined],
		['0x0a00', undefined],
		['0x0502', '5.2'],
	])('_WIN32_WINNT %s is %s', (value, expected) => {
		expect(version(`#define _WIN32_WINNT ${value}\n`)).toBe(expected);
	});

	it('prefers NTDDI_VERSION, which knows builds', () => {
		expect(fileVersion('#define _WIN32_WINNT 0x0A00\r\n#  define NTDDI_VERSION NTDDI_WIN10_RS2\r\n')).toEqual({
			version: '10.0.15063',
			text: 'NTDDI_VERSION NTDDI_WIN10_RS2',
		});
	});

	it('counts behind an include guard, for Windows alone, and after an #undef', () => {
		expect(
			version(
				'#ifndef NET_H\n#define NET_H\n#ifdef _WIN32\n#undef _WIN32_WINNT\n#define _WIN32_WINNT 0x0601\n#endif\n#endif\n',
			),
		).toBe('6.1');
	});
});

describe('no version comes from', () => {
	it.each([
		['no definition', '#include <winsock2.h>\nint _WIN32_WINNT_seen;\n'],
		['a value for all of Windows 10 and 11', '#define _WIN32_WINNT 0x0A00\n'],
		['a definition that the build can overrule', '#ifndef _WIN32_WINNT\n#define _WIN32_WINNT 0x0601\n#endif\n'],
		['a floor', '#if _WIN32_WINNT < 0x0600\n#undef _WIN32_WINNT\n#define _WIN32_WINNT 0x0600\n#endif\n'],
		['two definitions', '#ifdef _WIN32\n#define _WIN32_WINNT 0x0601\n#else\n#define _WIN32_WINNT 0x0501\n#endif\n'],
		['a branch', '#ifdef OLD\n#define _WIN32_WINNT 0x0501\n#endif\n'],
		['the other branch', '#ifdef _WIN32\n#else\n#define _WIN32_WINNT 0x0501\n#endif\n'],
		['an unknown name', '#define _WIN32_WINNT OLDEST\n'],
		['an unknown step', '#define NTDDI_VERSION 0x0A000FFF\n'],
		['a comment', '/*\n#define _WIN32_WINNT 0x0501\n*/\n// #define _WIN32_WINNT 0x0501\n'],
	])('%s', (_name, text) => {
		expect(fileVersion(text)).toBeUndefined();
	});
});

const checker = new Checker(nodeEngine(import.meta.dirname));
afterAll(() => checker.dispose());

async function severities(head: string, options: CheckOptions) {
	const text = `${head}
int f(SOCKET s, TCP_INFO_v0 *info)
{
	DWORD version = 0, n;
	return WSAIoctl(s, SIO_TCP_INFO, &version, sizeof(version), info, sizeof(*info), &n, NULL, NULL);
}
`;
	const result = await checker.check({ name: 'a.c', text }, options);
	return result!.findings.map((f) => `${f.severity} ${f.rule}`);
}

describe('a code of Windows 10 1703', () => {
	it.each([
		['10.0.14393', '', ['warning newer-than-target']],
		['6.1', '#define NTDDI_VERSION NTDDI_WIN10_RS5', ['warning newer-than-target']],
		['10.0.15063', '#define NTDDI_VERSION NTDDI_WIN7', []],
		['11', '', []],
		[undefined, '#define NTDDI_VERSION NTDDI_WIN7', ['info newer-than-target']],
		[undefined, '#define NTDDI_VERSION NTDDI_WIN10_RS2', []],
		[undefined, '', []],
	])('with the oldest version %s and "%s"', async (minWindows, head, expected) => {
		expect(await severities(head, minWindows === undefined ? {} : { minWindows })).toEqual(expected);
	});
});

test('another spelling of the same version is told in every part of an open file', async () => {
	// The same options, as an editor gives them.
	const options: CheckOptions = {};
	const check = async (head: string, key?: string) => {
		const text = `${head}\nint g(void);\nint f(SOCKET s, void *to)\n{\n\treturn WSAIoctl(s, SIO_TCP_INFO, to, 4, to, 88, to, NULL, NULL);\n}\n`;
		const result = await checker.check({ name: 'a.c', text }, options, key === undefined ? undefined : { key });
		return result!.findings.map((f) => f.message);
	};
	await check('#define _WIN32_WINNT 0x0601', 'a.c');
	await check('#define _WIN32_WINNT (0x0601)', 'a.c');
	const edited = await check('#define _WIN32_WINNT 0x601', 'a.c');
	checker.forget('a.c');
	expect(edited).toEqual(await check('#define _WIN32_WINNT 0x601'));
	expect(edited.filter((message) => message.includes('`_WIN32_WINNT 0x601`'))).toHaveLength(1);
});
