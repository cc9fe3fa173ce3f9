/** What the command line holds in memory while it checks trees of ever more files. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** One file in so many has a call, and one call in twenty is wrong: more than in any tree that was seen. */
const ONE_IN = 50;
const FOLDER = 500;

function write(root: string, files: number): void {
	const plain = Array.from({ length: 20 }, (_, k) => `int plain${k}(void) { return ${k}; }\n`).join('');
	for (let i = 0; i < files; i++) {
		const folder = path.join(root, `d${Math.floor(i / FOLDER)}`);
		if (i % FOLDER === 0) mkdirSync(folder, { recursive: true });
		const size = i % (20 * ONE_IN) === 0 ? 'sizeof(on)' : 'sizeof(struct tcp_keepalive)';
		const call = `int f(SOCKET s)\n{\n\tBOOL on = TRUE;\n\tDWORD bytes;\n\treturn WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, ${size}, NULL, 0, &bytes, NULL, NULL);\n}\n`;
		writeFileSync(path.join(folder, `f${i}.c`), i % ONE_IN === 0 ? call : plain);
	}
}

/** Peak memory of checking trees of these numbers of files, in MB. @param cli the bundle of the command line. */
export function peaks(cli: string, numbers: readonly number[]): number[] {
	return numbers.map((files) => {
		const root = mkdtempSync(path.join(tmpdir(), 'scale-'));
		try {
			write(root, files);
			const tell = 'process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS))';
			const { stderr, status } = spawnSync(
				process.execPath,
				['--import', `data:text/javascript,${tell}`, cli, 'check', root, '--format', 'json'],
				{ encoding: 'utf8', maxBuffer: 2 ** 30 },
			);
			if (status !== 1) throw new Error(`status ${status}:\n${stderr}`);
			const told = [...stderr.matchAll(/^peak (\d+)$/gm)].map(([, kilobytes]) => Number(kilobytes) / 1024);
			return Math.round(Math.max(...told));
		} finally {
			rmSync(root, { recursive: true });
		}
	});
}
