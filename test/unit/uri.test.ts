import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fileName, filePath, fileUri, isAbsolutePath, pathOf } from '../../server/src/workspace/uri.ts';

describe('a path', () => {
	test.each([
		['file:///home/me/a%20b.c', '/home/me/a b.c'],
		['file:///c%3A/me/a.c', '/c:/me/a.c'],
		['untitled:Untitled-1', 'Untitled-1'],
		['vscode-remote://wsl%2Bdebian/home/a%23b.c', '/home/a#b.c'],
		['file:///a%zz.c', '/a%zz.c'],
		['no uri at all', 'no uri at all'],
		['C:\\me\\a.c', 'C:\\me\\a.c'],
		['file:////two', 'file:////two'],
		['', ''],
	])('of %j is %j', (uri, path) => expect(pathOf(uri)).toBe(path));

	test('ends in the file’s name', () => {
		expect(fileName('file:///home/me/a%20b.c')).toBe('a b.c');
		expect(fileName('untitled:')).toBe('untitled:');
	});

	test.runIf(process.platform !== 'win32')('on disk is of file URIs and plain paths alone', () => {
		expect(filePath('file:///home/me/a%20b.c')).toBe('/home/me/a b.c');
		expect(filePath('FILE:///home/a.c')).toBe('/home/a.c');
		expect(filePath('a/b.c')).toBe('a/b.c');
		expect(filePath('git:/home/a.c')).toBeUndefined();
		expect(filePath('file:////two')).toBeUndefined();
	});
});

describe('a file URI', () => {
	test.each([
		'/home/me/a b.c',
		'/a%20b#c?d.c',
		'/back\\slash',
		'/tab\tline\n',
		'/ü/日本/😀.c',
		'/\'"<>^`{}|~[]@:;=+$,&!*()',
		'/',
	])('of %j is as Node writes it', (path) => {
		expect(isAbsolutePath(path)).toBe(true);
		expect(fileUri(path)).toBe(pathToFileURL(path, { windows: false }).href);
	});

	test.each(['C:\\me\\a b.c', 'c:/me/a#b.c', '\\\\server\\share\\a%.c'])('of %j, of Windows, too', (path) => {
		expect(isAbsolutePath(path)).toBe(true);
		expect(fileUri(path)).toBe(pathToFileURL(path, { windows: true }).href);
	});

	test.each(['a/b.c', 'c:b.c', './c', '\\b.c', ''])('%j is no absolute path', (path) => {
		expect(isAbsolutePath(path)).toBe(false);
	});
});
