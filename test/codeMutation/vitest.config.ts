/** How the tests run on changed code. */
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const order = (process.env.IOCTL_LENS_ORDER ?? '').split(',');
const place = ({ moduleId }: TestSpecification): number => order.indexOf(basename(moduleId));

export default defineConfig({
	test: {
		include: ['test/unit/**/*.test.ts'],
		setupFiles: ['test/codeMutation/probes.ts'],
		testTimeout: 180_000,
		hookTimeout: 180_000,
		maxWorkers: 2,
		sequence: {
			/** What is over soon comes first. */
			sequencer: class extends BaseSequencer {
				override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
					return files.toSorted((a, b) => place(a) - place(b));
				}
			},
		},
	},
});
