/** Every backend by its name; one that is missing does not compile. */
import type { BackendName } from '../../../../native/src/plan.ts';
import type { Backend } from './backend.ts';
import { posix } from './posix.ts';
import { winsock } from './winsock.ts';

export const BACKENDS: Readonly<Record<BackendName, Backend>> = { winsock, posix };
