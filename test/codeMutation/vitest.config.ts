/** How the tests run on changed code: `inside.ts` runs them, with what it collects in place of `vitest`. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const own = import.meta.dirname;

export default defineConfig({
	plugins: [
		{
			name: 'collector',
			enforce: 'pre',
			resolveId: (source, importer) =>
				source === 'vitest' && importer && !importer.includes('/codeMutation/') ? join(own, 'collector.ts') : undefined,
		},
	],
	test: { include: ['test/codeMutation/inside.ts'] },
});
