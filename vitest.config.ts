import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		exclude: ['**/node_modules/**', 'test/host/**'],
		// It imports JSON as only bundlers do.
		server: { deps: { inline: [/@actions\//] } },
		// Only what hangs is to fail: a busy machine may be ten times slower.
		testTimeout: 180_000,
		hookTimeout: 180_000,
		// Two cores are common on CI machines; the Wine and protocol legs start processes of their own.
		maxWorkers: 2,
	},
});
