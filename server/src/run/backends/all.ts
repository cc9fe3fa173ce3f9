/** Every backend by its name; one that is missing does not compile. */

import type { BackendName } from '../../../../native/src/plan.ts';
import { eitherOf } from '../../reference/words.ts';
import type { Backend } from './backend.ts';
import { posix } from './posix.ts';
import { winsock } from './winsock.ts';

export type { BackendName };

export const BACKENDS: Readonly<Record<BackendName, Backend>> = { winsock, posix };

/** The backend of that name; undefined for what is none. */
export const backendNamed = (name: unknown): BackendName | undefined =>
	typeof name === 'string' && Object.hasOwn(BACKENDS, name) ? (name as BackendName) : undefined;

/** `winsock or posix`, for messages. */
export const backendNames = (): string => eitherOf(Object.keys(BACKENDS));
