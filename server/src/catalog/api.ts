/** An entry point: which names call it, and what each argument is. */
import type { ErrorStyle, HandleKind } from './family.ts';

/** Name of an entry point: `Api.id`. */
export type ApiId = string;

/** Positions of the arguments, from 0. */
export interface ArgumentRoles {
	readonly socket?: number;
	readonly code: number;
	readonly input?: number;
	readonly inputSize?: number;
	readonly output?: number;
	readonly outputSize?: number;
	readonly bytesReturned?: number;
	readonly overlapped?: number;
	readonly completion?: number;
	/** WskControlSocket: decides whether the call is an ioctl or a socket option. */
	readonly requestType?: number;
	readonly irp?: number;
}

export interface Parameter {
	/** As the header has it. */
	readonly name: string;
	/** As C writes it. */
	readonly type: string;
	/** What the caller passes, and what may be left out. Own words. */
	readonly meaning: string;
}

/** The function takes this many arguments, under one of its names. */
export const takes = (api: Api, count: number): boolean =>
	api.parameters.length === count || api.otherCounts?.includes(count) === true;

export interface Api {
	readonly id: ApiId;
	/** Other names of the function: the type of a pointer to it, the member of a table. */
	readonly aliases: readonly string[];
	/** One paragraph: what it does and for whom. Own words. */
	readonly summary: string;
	/** Their number tells calls from look-alikes. */
	readonly parameters: readonly Parameter[];
	/** Other numbers of arguments, under other names or in old headers; those that the roles name are the same. */
	readonly otherCounts?: readonly number[];
	/** Type of the returned value. */
	readonly returns: string;
	/** What the returned value says, and where the error is found. */
	readonly result: string;
	/** Further facts worth knowing, one each. Own words. */
	readonly remarks?: readonly string[];
	readonly header?: string;
	/** True for the last component of a callee's name: `WSAIoctl`, `pWSAIoctl`, `Real_WSAIoctl`. It is asked of names that hold the id. */
	readonly matches: (name: string) => boolean;
	readonly roles: ArgumentRoles;
	/** Bytes of the single buffer of a function that takes no size. */
	readonly impliedLength?: number;
	/** A NULL byte count is legal, or no source says that it fails. */
	readonly bytesReturnedOptional?: boolean;
	/** Libraries that export it, without their ending; absent: it is reached through a table, or in the kernel. */
	readonly dlls?: readonly string[];
	/** Id of the family of control codes that it takes. */
	readonly family: string;
	/** What its first argument stands for, where that is not what the family's codes are sent to otherwise. */
	readonly handle?: HandleKind;
	/** How a failing call tells its error. */
	readonly errorStyle: ErrorStyle;
	/** Path below https://learn.microsoft.com/ */
	readonly documentation?: string;
}

/** A function that has a file of its own. */
export interface DocumentedApi extends Api {
	readonly header: string;
	readonly documentation: string;
}

/**
 * A matcher for a function's own name and the pointer names people derive from it: `pWSAIoctl`, `Real_WSAIoctl`,
 * `g_RealWSAIoctl`, `m_pfnWSAIoctl`, `__imp_WSAIoctl`, `WSAIoctl_`, `WSAIoctlPtr`.
 */
export function derivedNames(name: string): (candidate: string) => boolean {
	const prefix = '(?:[A-Za-z]_)?(?:[A-Za-z]{0,3}|lpfn|True|Real|Next|Orig(?:inal)?)_?|[A-Za-z_]\\w*_|_+';
	const pattern = new RegExp(`^(?:${prefix})${name}(?:_?(?:[Pp]tr|[Ff]n|[Ff]unc|[Pp]roc)|_)?$`);
	return (candidate) => pattern.test(candidate);
}
