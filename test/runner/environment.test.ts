import { describe, expect, test } from 'vitest';
import { npmEnvironment, runnerEnvironment, wineEnvironment } from '../../native/src/environment.ts';

const everything = {
	PATH: '/bin',
	HOME: '/home/me',
	SystemRoot: 'C:\\Windows',
	TEMP: 'C:\\Temp',
	NODE_OPTIONS: '--require ./bootloader.js',
	NODE_PATH: '/evil',
	LD_PRELOAD: '/evil.so',
	ELECTRON_RUN_AS_NODE: '1',
	ELECTRON_NO_ATTACH_CONSOLE: '1',
	VSCODE_IPC_HOOK: '/run/ipc',
	VSCODE_INSPECTOR_OPTIONS: '{}',
	DISPLAY: ':0',
	WINEPREFIX: '/home/me/.wine',
	SECRET: 'hush',
};

describe('the environment of a runner', () => {
	test('inherits nothing on Linux and macOS', () => {
		expect(runnerEnvironment(everything, 'linux', false)).toEqual({});
		expect(runnerEnvironment(everything, 'darwin', false)).toEqual({});
	});

	test('inherits what Winsock and libuv need on Windows, whatever the case of the names', () => {
		expect(runnerEnvironment(everything, 'win32', false)).toEqual({
			PATH: '/bin',
			SystemRoot: 'C:\\Windows',
			TEMP: 'C:\\Temp',
		});
		expect(runnerEnvironment({ SYSTEMROOT: 'C:\\W', Path: 'p' }, 'win32', false)).toEqual({
			SystemRoot: 'C:\\W',
			PATH: 'p',
		});
	});

	test('makes Electron run as Node only where it is Electron', () => {
		expect(runnerEnvironment(everything, 'linux', true)).toEqual({ ELECTRON_RUN_AS_NODE: '1' });
	});

	test('under Wine has a prefix of its own, no display and no dialogs', () => {
		expect(wineEnvironment(everything, '/tools/prefix')).toEqual({
			PATH: '/bin',
			HOME: '/home/me',
			WINEPREFIX: '/tools/prefix',
			WINEDEBUG: '-all',
			WINEDLLOVERRIDES: 'mscoree,mshtml=',
		});
	});

	test('for npm is the user’s own without what changes a runtime', () => {
		const {
			NODE_OPTIONS,
			ELECTRON_RUN_AS_NODE,
			ELECTRON_NO_ATTACH_CONSOLE,
			VSCODE_IPC_HOOK,
			VSCODE_INSPECTOR_OPTIONS,
			...rest
		} = everything;
		expect(npmEnvironment(everything)).toEqual(rest);
	});
});
