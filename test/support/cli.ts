/** Runs the command line on files that a test writes. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from '../../server/src/cli/main.ts';
import { replayed } from '../../server/src/cli/replay.ts';
import type { Surroundings } from '../../server/src/cli/surroundings.ts';

/** A folder with these files in it, made in another one, gone after the test. Returns its real path. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}, inside = tmpdir()): string {
	const folder = realpathSync(mkdtempSync(join(inside, 'ioctl-lens-')));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) {
		const path = join(folder, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, content);
	}
	return folder;
}

export interface CliResult {
	readonly status: number;
	readonly out: string;
	readonly err: string;
}

/** Runs the command line in this process. Without options it writes into a pipe, in an empty environment. */
export async function runCli(
	folder: string,
	args: readonly string[],
	{
		environment = {},
		terminal = false,
		progress = false,
		input = '',
	}: {
		environment?: Record<string, string>;
		terminal?: boolean;
		progress?: boolean;
		input?: string | Uint8Array;
	} = {},
): Promise<CliResult> {
	let out = '';
	let err = '';
	const at: Surroundings = {
		folder,
		environment,
		terminal,
		progress,
		input: async () => Buffer.from(input),
		out: (text) => {
			out += text;
		},
		err: (text) => {
			err += text;
		},
	};
	const status = replayed(args, at) ?? (await main(args, at));
	return { status, out, err };
}

/** Parses what `--format json` wrote. */
export async function runJson(folder: string, args: readonly string[]) {
	const { status, out, err } = await runCli(folder, [...args, '--format', 'json']);
	return { status, err, json: JSON.parse(out) };
}

/** A function with one wrong call: 4 bytes where SIO_KEEPALIVE_VALS reads 12. One line, without its end. */
export const WRONG =
	'void f(SOCKET s) { BOOL on = TRUE; DWORD n; WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof(on), NULL, 0, &n, NULL, NULL); }';

/** What the check says of `WRONG`. */
export const WRONG_MESSAGE =
	'`SIO_KEEPALIVE_VALS` reads a `tcp_keepalive` (12 bytes), but `cbInBuffer` is 4. WSAIoctl fails with WSAEFAULT. Pass the address of a `struct tcp_keepalive` and `sizeof(struct tcp_keepalive)`.';

/** A function with one right call, on one line. */
export const RIGHT =
	'void g(SOCKET s) { DWORD on = 1, n; WSAIoctl(s, SIO_RCVALL, &on, sizeof(on), NULL, 0, &n, NULL, NULL); }';
