import type { Api } from './api.ts';
import { type ApiId, apis } from './functions.generated.ts';

/** The entry point of that exact name; `LPWSPIOCTL` and `lpWSPIoctl` give WSPIoctl. */
export const apiByName = (name: string): Api | undefined =>
	apis.find((a) => a.id === name) ?? apis.find((a) => a.aliases.includes(name));

/** Every name of every entry point. */
export const apiNames: readonly string[] = apis.flatMap((api) => [api.id, ...api.aliases]);

/** The entry point of an id. */
export const apiById = (id: ApiId): Api => apis.find((a) => a.id === id)!;
