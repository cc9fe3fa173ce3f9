import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		exclude: ['**/node_modules/**', 'test/host/**'],
		testTimeout: 30_000,
		// Two cores are common on CI machines; the Wine and protocol legs start processes of their own.
		maxWorkers: 2,
	},
});
