import type { ApiId } from '../analysis/model.ts';
import { apis } from './index.generated.ts';
import type { Api } from './types.ts';

/** The entry point of an id. */
export const apiById = (id: ApiId): Api => apis.find((a) => a.id === id)!;
