/** How whole test files run on changed code, each in a process of its own. */
import { mergeConfig } from 'vitest/config';
import common from '../../vitest.config.ts';

export default mergeConfig(common, { test: { setupFiles: ['test/codeMutation/setup.ts'] } });
