// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of CMake and of VS Code.
/** What builds say of their files, in each place and form: the finding of each project depends on it. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Checker } from '../../server/src/check/check.ts';
import { CompilerFacts } from '../../server/src/node/compiler/compilerFacts.ts';
import { splitCommand } from '../../server/src/node/compiler/flags.ts';
import { diskProject } from '../../server/src/node/diskProject.ts';
import { nodeEngine } from '../../server/src/node/engine.ts';
import { DEFAULTS } from '../../server/src/settings.ts';
import { runJson, temporaryFolder } from '../support/cli.ts';

/** Only a build tells which of the two headers it is, and where nothing does neither is read. */
const SOURCE = `#include <sizes.h>
void f(SOCKET s, struct tcp_keepalive *vals)
{
	DWORD bytes;
	WSAIoctl(s, SIO_KEEPALIVE_VALS, vals, KEEPALIVE_SIZE, NULL, 0, &bytes, NULL, NULL);
}
`;
const TREE = {
	'.git/HEAD': 'ref: refs/heads/main\n',
	'src/a.c': SOURCE,
	'one/it is/sizes.h': '#define KEEPALIVE_SIZE 4\n',
	'two/sizes.h': '#define KEEPALIVE_SIZE 12\n',
	'three/first.h': '#define KEEPALIVE_SIZE 4\n',
};
const FOUND = ['input-too-small'];

let facts: CompilerFacts;
const checker = new Checker(nodeEngine(import.meta.dirname), diskProject({ compiler: (file) => facts.of(file) }));
afterAll(() => checker.dispose());

async function found(files: Readonly<Record<string, string>>, source = 'src/a.c'): Promise<readonly string[]> {
	const folder = temporaryFolder({ ...TREE, ...files });
	return foundIn(folder, source);
}

async function foundIn(folder: string, source = 'src/a.c', named?: string): Promise<readonly string[]> {
	facts = new CompilerFacts(() => named);
	await checker.filesChanged();
	const name = join(folder, source);
	const result = await checker.check({ name, text: SOURCE }, DEFAULTS);
	return (result?.findings ?? []).map(({ rule }) => rule);
}

const database = (words: readonly string[] | string, directory = '.', file = 'src/a.c') =>
	JSON.stringify([{ directory, file, ...(typeof words === 'string' ? { command: words } : { arguments: words }) }]);

test('without a word of the build nothing is found', async () => {
	expect(await found({})).toEqual([]);
});

describe('a compilation database is found', () => {
	test.each([
		['compile_commands.json', '.'],
		['build/compile_commands.json', '..'],
		['out/compile_commands.json', '..'],
		['builddir/compile_commands.json', '..'],
		['cmake-build-debug/compile_commands.json', '..'],
		['build-windows/compile_commands.json', '..'],
		['_build/compile_commands.json', '..'],
		['out/build/x64-Debug/compile_commands.json', '../../..'],
		['build/Release/compile_commands.json', '../..'],
	])('%s', async (place, root) => {
		const flag = `-I${root}/one/it is`;
		expect(await found({ [place]: database(['cc', flag, 'a.c'], '.', `${root}/src/a.c`) })).toEqual(FOUND);
	});

	test.each([
		['a preset', { configurePresets: [{ name: 'win', binaryDir: '${sourceDir}/../elsewhere/${presetName}' }] }],
		[
			'a preset that inherits',
			{
				configurePresets: [
					{ name: 'base', hidden: true, binaryDir: '${sourceParentDir}/elsewhere/${presetName}' },
					{ name: 'win', inherits: ['base'] },
				],
			},
		],
		['a preset in another file', { include: ['cmake/more.json'] }],
	])('where %s says', async (_, presets) => {
		const folder = temporaryFolder({
			'elsewhere/win/compile_commands.json': database(['cc', '-DKEEPALIVE_SIZE=4'], '../../project'),
			'project/src/a.c': SOURCE,
			'project/CMakePresets.json': JSON.stringify({ version: 6, ...presets }),
			'project/cmake/more.json': JSON.stringify({
				configurePresets: [{ name: 'win', binaryDir: '${fileDir}/../../elsewhere/win' }],
			}),
		});
		expect(await foundIn(join(folder, 'project'))).toEqual(FOUND);
	});

	test('where the settings say, whatever else there is', async () => {
		const folder = temporaryFolder({
			...TREE,
			'compile_commands.json': database(['cc', '-Itwo']),
			'etc/db/compile_commands.json': database(['cc', '-I../../one/it is'], '.', '../../src/a.c'),
			'.ioctl-lens.json': JSON.stringify({ compileCommands: 'etc/db' }),
		});
		expect(await foundIn(folder)).toEqual([]);
		expect(await foundIn(folder, 'src/a.c', join(folder, 'etc/db'))).toEqual(FOUND);
		expect(await foundIn(folder, 'src/a.c', join(folder, 'etc/db/compile_commands.json'))).toEqual(FOUND);
		const { json } = await runJson(folder, ['check', 'src']);
		expect(json.findings.map(({ rule }: { rule: string }) => rule)).toEqual(FOUND);
	});

	test('of several the newest', async () => {
		const folder = temporaryFolder(TREE);
		const put = (name: string, flag: string, seconds: number) => {
			mkdirSync(join(folder, name));
			writeFileSync(join(folder, name, 'compile_commands.json'), database(['cc', flag], '..'));
			utimesSync(join(folder, name, 'compile_commands.json'), seconds, seconds);
		};
		put('cmake-build-debug', '-Ione/it is', 2_000_000);
		put('cmake-build-release', '-Itwo', 1_000_000);
		expect(await foundIn(folder)).toEqual(FOUND);
	});
});

test.each([
	[['x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-gcc'], 'x64'],
	[['x86_64-w64-mingw32-gcc', 'i686-w64-mingw32-gcc'], undefined],
	[['i686-w64-mingw32-gcc', 'cc'], undefined],
])('a project that is built by %j is for %s', (compilers, target) => {
	const builds = compilers.map((compiler, i) => [
		`build-${i}/compile_commands.json`,
		database([compiler], '..', 'src/a.c'),
	]);
	const folder = temporaryFolder({ 'src/a.c': '', ...Object.fromEntries(builds) });
	for (const i of [0, 1]) utimesSync(join(folder, `build-${i}/compile_commands.json`), 2_000_000 - i, 2_000_000 - i);
	expect(new CompilerFacts().of(join(folder, 'src/a.c'))?.target).toBe(target);
});

describe('a command line', () => {
	test.each([
		['-I', 'cc "-Ione/it is" -c src/a.c'],
		['-I apart', "cc -I 'one/it is' -c src/a.c"],
		['an escaped blank', 'cc -Ione/it\\ is -c src/a.c'],
		['-isystem', 'cc -isystem "one/it is" src/a.c'],
		['-idirafter', 'cc -idirafter "one/it is" src/a.c'],
		['-imsvc', 'clang-cl -imsvc "one/it is" src/a.c'],
		['/imsvc', 'clang-cl /imsvc"one/it is" src/a.c'],
		['/I', 'cl.exe /nologo /I"one/it is" /c src/a.c'],
		['/I behind ccache', 'ccache cl.exe /I"one/it is" /c src/a.c'],
		['/external:I', 'C:\\VC\\bin\\cl.exe /external:I "one/it is" src/a.c'],
		['-D', 'cc -DKEEPALIVE_SIZE=4 src/a.c'],
		['/D with a number sign', 'cl /DKEEPALIVE_SIZE#4 src/a.c'],
		['-include', 'cc -include three/first.h src/a.c'],
		['/FI', 'cl /FIthree/first.h src/a.c'],
		['a response file', 'cc @flags.rsp src/a.c'],
		['response files that name another', 'cl @more.rsp src/a.c'],
		['a response file in UTF-16', 'cl @wide.rsp src/a.c'],
	])('%s', async (_, command) => {
		const folder = temporaryFolder({
			...TREE,
			'compile_commands.json': database(command),
			'flags.rsp': '-DOTHER "-Ione/it is"\n',
			'more.rsp': '/DOTHER\r\n@flags.rsp\r\n',
		});
		writeFileSync(join(folder, 'wide.rsp'), `\ufeff/DOTHER\r\n/I"one/it is"\r\n`, 'utf16le');
		expect(await foundIn(folder)).toEqual(FOUND);
	});

	test.each([
		['-U takes a definition back', 'cc -DKEEPALIVE_SIZE=4 -UKEEPALIVE_SIZE -Itwo src/a.c'],
		['a path that begins like one of Microsoft’s flags', 'cc /DKEEPALIVE_SIZE=4 src/a.c'],
		['a response file that is not there', 'cc @none.rsp src/a.c'],
		['a response file that names itself', 'cc @self.rsp src/a.c'],
		['a forced header that is not there', 'cc -include none.h src/a.c'],
	])('%s', async (_, command) => {
		expect(await found({ 'compile_commands.json': database(command), 'self.rsp': '@self.rsp' })).toEqual([]);
	});

	test.each([
		['C:\\VC\\cl.exe /I"C:\\my dir\\inc" /DX=\\"a\\" b', ['C:\\VC\\cl.exe', '/IC:\\my dir\\inc', '/DX="a"', 'b']],
		['cc -I/my\\ dir "-DX=\\"a\\"" \'-DY=a b\'', ['cc', '-I/my dir', '-DX="a"', '-DY=a b']],
		['cl "unclosed', ['cl', 'unclosed']],
		['', []],
	])('%j has the words %j', (command, words) => {
		expect(splitCommand(command)).toEqual(words);
	});
});

describe('c_cpp_properties.json', () => {
	const properties = (...configurations: object[]) => ({
		'.vscode/c_cpp_properties.json': `// Made by an editor\n${JSON.stringify({
			env: { mine: ['${workspaceFolder}/one/it is', '${workspaceFolder}/none'] },
			configurations,
			version: 4,
		})}`,
	});

	test.each([
		['a folder', { includePath: ['${default}', '${workspaceFolder}/one/it is/**'] }],
		['a variable of its own', { includePath: ['${mine}'] }],
		['a definition', { defines: ['KEEPALIVE_SIZE=4'] }],
		['a header that is forced', { forcedInclude: ['${workspaceFolder}/three/first.h'] }],
		['a database', { compileCommands: '${workspaceFolder}/etc/commands.json' }],
		['several databases', { compileCommands: ['none.json', 'etc/commands.json'] }],
	])('%s', async (_, configuration) => {
		const more = { 'etc/commands.json': database(['cc', '-DKEEPALIVE_SIZE=4'], '..') };
		expect(await found({ ...properties({ name: 'Linux' }, { name: 'Win32', ...configuration }), ...more })).toEqual(
			FOUND,
		);
		expect(await found({ ...properties({ name: 'Any', ...configuration }), ...more })).toEqual(FOUND);
	});

	test.each(['', '{', '[]', '{ "configurations": 3 }', '{ "configurations": [null, { "includePath": [3, "${x}"] }] }'])(
		'%j is as good as none',
		async (content) => {
			expect(await found({ '.vscode/c_cpp_properties.json': content })).toEqual([]);
		},
	);

	test('a database that knows the file says more', async () => {
		expect(
			await found({
				...properties({ name: 'Win32', defines: ['KEEPALIVE_SIZE=12'] }),
				'compile_commands.json': database(['cc', '-DKEEPALIVE_SIZE=4']),
			}),
		).toEqual(FOUND);
	});
});

describe('a project of Visual Studio', () => {
	const BOTH = ['Debug|Win32', 'Release|Win32', 'Debug|x64', 'Release|x64'];
	const project = (
		inner: string,
		configurations: readonly string[] = BOTH,
	) => `\ufeff<?xml version="1.0" encoding="utf-8"?>
<Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <ItemGroup Label="ProjectConfigurations">
${configurations.map((name) => `    <ProjectConfiguration Include="${name}"><Configuration>${name.split('|')[0]}</Configuration></ProjectConfiguration>`).join('\n')}
  </ItemGroup>
  <Import Project="$(VCTargetsPath)\\Microsoft.Cpp.Default.props" />
${inner}
  <ItemGroup>
    <ClCompile Include="..\\src\\a.c" />
  </ItemGroup>
</Project>
`;
	const group = (inner: string, condition = '') =>
		`<ItemDefinitionGroup${condition && ` Condition="'$(Configuration)|$(Platform)'=='${condition}'"`}><ClCompile>${inner}</ClCompile></ItemDefinitionGroup>`;
	const includes = (text: string) =>
		`<AdditionalIncludeDirectories>${text};%(AdditionalIncludeDirectories)</AdditionalIncludeDirectories>`;
	const defines = (text: string) =>
		`<PreprocessorDefinitions>${text};%(PreprocessorDefinitions)</PreprocessorDefinitions>`;

	test.each([
		['a folder', group(includes('..\\one\\it is'))],
		['a folder of the project', group(includes('$(ProjectDir)..\\one\\it is'))],
		['a folder of the solution', group(includes('$(SolutionDir)one\\it is'))],
		[
			'a folder by a macro of its own',
			`<PropertyGroup Label="UserMacros"><Mine>..\\one</Mine></PropertyGroup>${group(includes('$(Mine)\\it is'))}`,
		],
		[
			'a folder for all kinds of files',
			'<PropertyGroup><IncludePath>..\\one\\it is;$(IncludePath)</IncludePath></PropertyGroup>',
		],
		['folders of one configuration', group(includes('..\\one\\it is'), 'Debug|x64')],
		['a definition', group(defines('NDEBUG;KEEPALIVE_SIZE=4'))],
		['a definition of each configuration', BOTH.map((name) => group(defines('KEEPALIVE_SIZE=4'), name)).join('\n')],
		['a header that is forced', group(`<ForcedIncludeFiles>first.h</ForcedIncludeFiles>${includes('..\\three')}`)],
		[
			'a property sheet',
			'<ImportGroup Label="PropertySheets"><Import Project="..\\etc\\common.props" /></ImportGroup>',
		],
	])('%s', async (_, inner) => {
		const files = {
			'vc/app.vcxproj': project(inner),
			'app.sln': '',
			'etc/common.props': `<Project>${group(includes('$(MSBuildThisFileDirectory)..\\one\\it is'))}</Project>`,
		};
		// The project stands beside the sources more often than not.
		const beside = { ...files, 'src/app.vcxproj': files['vc/app.vcxproj'].replace('..\\src\\a.c', 'a.c') };
		expect(await found(beside)).toEqual(FOUND);
	});

	test.each([
		['what only some configurations define', group(defines('KEEPALIVE_SIZE=4'), 'Debug|x64')],
		['another file', group(includes('..\\one\\it is')).concat('<!-- -->')],
		['a folder that only Visual Studio knows', group(includes('$(Unknown)\\..\\one\\it is'))],
		[
			'a condition that nobody understands',
			group(includes('..\\one\\it is')).replace(
				'<ItemDefinitionGroup>',
				"<ItemDefinitionGroup Condition=\"'$(X)' != '' Or true\">",
			),
		],
	])('not %s', async (what, inner) => {
		const own = project(inner).replace('..\\src\\a.c', what === 'another file' ? 'b.c' : 'a.c');
		expect(await found({ 'src/app.vcxproj': own })).toEqual([]);
	});

	test.each(['', '<', '<Project>', '<a><b></a>', '<!DOCTYPE x [<!ENTITY a "b">]><Project>&a;</Project>', 'text'])(
		'%j is as good as none',
		async (content) => {
			expect(await found({ 'src/app.vcxproj': content })).toEqual([]);
		},
	);

	test.each([
		[['Debug|x64', 'Release|x64'], 'x64'],
		[['Debug|Win32'], 'x86'],
		[['Debug|ARM64'], 'arm64'],
		[BOTH, undefined],
	])('%j is built for %s', (configurations, target) => {
		const folder = temporaryFolder({
			'a.c': '',
			'app.vcxproj': project('', configurations).replace('..\\src\\a.c', 'a.c'),
		});
		expect(new CompilerFacts().of(join(folder, 'a.c'))?.target).toBe(target);
	});
});
