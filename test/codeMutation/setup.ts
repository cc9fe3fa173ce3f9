/** Read before each test file: what is come to from here on, here and in processes of its own, is told of it. */
import { relative, resolve } from 'node:path';
import { expect } from 'vitest';
import { startSwitching } from './switching.ts';

process.env.IOCTL_LENS_TEST = relative(resolve(import.meta.dirname, '../..'), expect.getState().testPath ?? '');
startSwitching();
