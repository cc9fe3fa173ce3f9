/**
 * The shape of the catalog. Everything below is data: values, sizes and offsets are derived from it
 * (`families/`, `../types/layout.ts`), never typed in. A property that is absent means that no source says.
 */
import type { HandleKind } from './family.ts';
import type { Opcode } from './opcode.ts';

/** Where a claim comes from, best first. */
export type Basis =
	/** Microsoft's documents say so in words or by an error table. */
	| 'documented'
	/** The Windows headers' declaration or comment says so. */
	| 'header'
	/** Only sample code by Microsoft shows it. */
	| 'sample'
	/** Seen when run (Wine's conformance tests describe Windows). */
	| 'observed'
	/** Programmers told of it in public; the documents do not. */
	| 'reported'
	/** Whoever wrote the configuration says so, of codes of their own. */
	| 'configured';

/** Something that programmers found out and told in public. */
export interface ReportedFact {
	/** One sentence. Own words. */
	readonly text: string;
	/** Where it is told: `tokio-rs/mio#1316` of GitHub. */
	readonly source: string;
}

/**
 * How loudly a rule may speak about a size.
 * `hard`: the documents give the number or the error. `type`: the documents name the type. `soft`: only a header or
 * sample suggests it. `conflict`: sources contradict each other. Soft and conflict are never more than a warning.
 */
export type Confidence = 'hard' | 'type' | 'soft' | 'conflict';

/** What the call does with a buffer, whatever the I and O bits of the code claim. */
export type BufferUse =
	| 'required'
	| 'optional'
	/** Ignored when given: harmless. */
	| 'unused'
	/** A non-empty buffer makes the call fail. */
	| 'must-be-empty';

/** A size in bytes as the header would compute it, per target. */
export type SizeExpression =
	| { readonly sizeof: string }
	| { readonly offsetof: readonly [struct: string, field: string] }
	| { readonly bytes: number }
	/** The same for each target. */
	| { readonly x86: number; readonly x64: number; readonly arm64: number };

/** What is known of the numbers that a buffer holds as a whole. */
export interface ValueFacts {
	readonly range?: ValueRange;
	/** The value that a new socket has. */
	readonly newSocket?: number;
}

export interface BufferSpec extends ValueFacts {
	readonly use?: BufferUse;
	/** Catalog struct, enum or scalar that the buffer holds (`tcp_keepalive`, `DWORD`). An array or a tail is told by `variable`. */
	readonly type?: string;
	/** Other types that callers rightly pass: larger versions, family-specific addresses, the header's alias structs. */
	readonly accepts?: readonly string[];
	/** Smallest size that can work. Absent with a `type` of known size and `use: required`: that type's size. */
	readonly minimum?: SizeExpression;
	/** Present when more than the minimum may be needed: how the whole is computed, in words or as an expression. */
	readonly variable?: string;
	/** True when a length of 0 (buffer NULL) is a legal way to ask for the size needed. */
	readonly sizeQuery?: boolean;
	/** Error of a buffer that is too small. `neededSize`: the size needed is returned in `*lpcbBytesReturned`. */
	readonly tooSmall?: {
		readonly error: string;
		/** Another error where not even the smallest size fits. */
		readonly belowMinimum?: string;
		readonly neededSize?: boolean;
		readonly note?: string;
	};
	readonly basis?: Basis;
	readonly confidence?: Confidence;
	/** What the buffer means, one or two sentences. */
	readonly meaning?: string;
	/** Of a number: what it counts. */
	readonly unit?: Unit;
	/** Of a number that is a switch: what 0 and any other number do, in a word or two. */
	readonly flag?: { readonly zero: string; readonly other: string };
}

export interface OverlappedSpec {
	readonly rule?: 'recommended' | 'required' | 'forbidden';
	/** The call can wait long: a synchronous call on a blocking socket may not come back soon. */
	readonly mayBlock?: boolean;
	/** The IRP argument of WskControlSocket. */
	readonly irp?: 'required' | 'optional' | 'forbidden';
	readonly note?: string;
}

export interface ErrorSpec {
	/** Winsock error or NTSTATUS name. */
	readonly error: string;
	/** When it comes, for people: a fragment that goes on after "when". */
	readonly when: string;
	/** Set where the arguments of the call alone decide it. */
	readonly on?: ErrorCondition;
	/** Absent: the documents say so. */
	readonly basis?: Basis;
	/** Of what is reported: where it is told. */
	readonly source?: string;
}

/** What of a call's arguments brings an error about. */
export type ErrorCondition =
	| 'always'
	/** Whenever no overlapped structure is given, or whenever one is. */
	| 'synchronous'
	| 'overlapped'
	/** A buffer that has to be empty is given, or one that is needed is NULL. */
	| {
			readonly input?: 'not-empty' | 'null';
			readonly output?: 'not-empty' | 'null';
			/** The input is this number while the socket is set up for event notifications. */
			readonly whileSelected?: number;
	  };

export type AddressFamily = 'AF_INET' | 'AF_INET6' | 'AF_UNIX' | 'AF_BTH' | 'AF_IRDA' | 'AF_ATM';
export type SocketType = 'SOCK_STREAM' | 'SOCK_DGRAM' | 'SOCK_RAW';

/** Sockets on which the code works. An absent list means that no source restricts it. */
export interface SocketSpec {
	readonly families?: readonly AddressFamily[];
	readonly types?: readonly SocketType[];
	/** IPPROTO_* names. */
	readonly protocols?: readonly string[];
	/** Error on any other socket. */
	readonly otherwise?: string;
	/** What is right for the others: `SIO_ADDRESS_LIST_QUERY for IPv6`. */
	readonly instead?: string;
	/** It has to be bound to the address of one interface: the wildcard will not do. */
	readonly ofOneInterface?: true;
	readonly note?: string;
}

export type OrderRule =
	| 'before-bind'
	| 'after-bind'
	| 'before-connect'
	| 'after-connect'
	| 'before-listen'
	| 'after-accept';

export interface WindowsSpec {
	/** First version, as people say it: `Windows 10 1703`. */
	readonly since?: string;
	/** The same as a version number, `10.0.15063`; absent when the source gives no build. */
	readonly version?: string;
	/** Last version or the reason why newer ones lack it. */
	readonly until?: string;
	readonly basis?: Basis;
	readonly note?: string;
}

export interface StatusSpec {
	readonly kind: 'deprecated' | 'reserved' | 'not-implemented' | 'removed';
	readonly note: string;
	/** What to use instead. */
	readonly instead?: string;
	/** Windows version, as `6.0`, from which on it is so; older ones still know the code. */
	readonly since?: string;
	/** Some version or provider still honours the code, or once did. */
	readonly mayWork?: boolean;
}

/** A further name of the same code. */
export interface AliasSpec {
	readonly name: string;
	/** `header`: a header defines it with the same value. `document`: only a document spells it so; it does not compile. */
	readonly kind: 'header' | 'document';
	readonly note: string;
	readonly header?: string;
}

/** One fixed argument value that has a name. */
export interface NamedValue {
	readonly name: string;
	readonly value: number;
	readonly meaning: string;
}

/**
 * C source (a function body with the declarations it needs). A finding is marked on the line below the offending text:
 * `//      ^^^^^^ rule-id`, carets exactly under its characters.
 */
export interface CodeExamples {
	readonly accepted: string;
	readonly rejected: string;
}

/**
 * What a live run does besides answering. `changes-socket`: only the socket of the run, which is closed after it.
 * Codes without an entry count as unknown, and are confirmed each time.
 */
export type Risk = 'none' | 'changes-socket' | 'changes-machine' | 'administrator';

/** Names of the calls of libc that answer the same question; `server/src/run/backends/posix.ts` carries them out. */
export type PosixCall =
	| 'FIONREAD'
	| 'FIONBIO'
	| 'SIOCATMARK'
	| 'getifaddrs'
	| 'keep-alive'
	| 'TCP_INFO'
	| 'IP_MULTICAST_LOOP'
	| 'IP_MULTICAST_TTL'
	| 'route';

/** The socket that a run makes when the source does not show one. */
export interface LiveSocket {
	readonly family?: AddressFamily;
	readonly type: SocketType;
	/** IPPROTO_* or BTHPROTO_* name; absent: 0. */
	readonly protocol?: string;
	/** `connected`: to a peer of the runner on the loopback interface. */
	readonly state?: 'bound' | 'connected' | 'listening';
	/** Text that the peer sends first. */
	readonly queued?: string;
	/** Out-of-band text that the peer sends after it. */
	readonly urgent?: string;
}

/** How the code is run live. */
export interface LiveSpec {
	readonly socket: LiveSocket;
	readonly risk: Risk;
	/** One sentence that names the effect; for `none`, what is asked. */
	readonly effect: string;
	/** The call comes back only when something happens, so it is made overlapped and cancelled after a while. */
	readonly waits?: true;
	/** Input values that make a sensible first run, by path; an empty path is the whole. */
	readonly input?: Readonly<Record<string, number | string>>;
	/** Output size in bytes that surely does, where the catalog's minimum is only a beginning. */
	readonly outputSize?: number;
	/** The buffer holds several of its type, one behind the other. */
	readonly outputList?: boolean;
	/** Output types by the number that the input holds. */
	readonly outputByVersion?: readonly string[];
	/** The call of libc that answers the same question, where a true one exists. */
	readonly posix?: { readonly call: PosixCall; readonly difference?: string };
	/** What Wine does instead of what Windows does. */
	readonly wine?: string;
}

/** What rules judge calls by; a user's own code has no more than this. */
export interface CodeFacts {
	readonly name: string;
	readonly opcode: Opcode;
	/** Header that defines the name: `mstcpip.h`. */
	readonly header?: string;
	readonly aliases?: readonly AliasSpec[];
	readonly input: BufferSpec;
	readonly output: BufferSpec;
	readonly overlapped?: OverlappedSpec;
	/** Errors besides too-small buffers. */
	readonly errors?: readonly ErrorSpec[];
	readonly socket?: SocketSpec;
	readonly order?: readonly { readonly rule: OrderRule; readonly otherwise?: string; readonly note?: string }[];
	readonly windows?: WindowsSpec;
	readonly status?: StatusSpec;
	/** Of a code that only sets: what tells what is set, in words, such as ``\`SIO_GET_QOS\` ``, and what of it. */
	readonly toldBy?: { readonly name: string; readonly what: string };
	/** What the code is sent to, where that is not what its family's codes are sent to otherwise. */
	readonly handle?: HandleKind;
	/** Only WskControlSocket understands it. */
	readonly wskOnly?: boolean;
	/** Somebody's configuration describes it. */
	readonly isOwn?: true;
	/** Ids of the functions that take it, where its header and its buffers do not tell. */
	readonly takenBy?: readonly string[];
}

/** What people read about a code, and what a live run and the tests do with it. */
export interface CodeDocumentation {
	/** One paragraph: what it does and for whom. Own words. */
	readonly summary: string;
	/** Further facts worth knowing, one each. Own words. */
	readonly remarks?: readonly string[];
	/** What the documents do not say. */
	readonly reported?: readonly ReportedFact[];
	/** Of a code that only sets: what tells something of the present state instead, as a sentence. */
	readonly readBack?: string;
	readonly privilege?: string;
	/** Where the direction bits, the documents and the headers disagree, and which one is followed. */
	readonly conflicts?: readonly string[];
	/** Names of related control codes, functions or socket options. */
	readonly related?: readonly string[];
	/** Path below https://learn.microsoft.com/ of the best page, or a whole address. */
	readonly documentation?: string;
	/** Absent where a run needs hardware, a handle or a driver that no runner can make. */
	readonly live?: LiveSpec;
	readonly examples: CodeExamples;
}

/** A code of a catalog, documented or not. */
export interface ControlCode extends CodeFacts, Partial<CodeDocumentation> {}

/** A code that has a file of its own. */
export interface DocumentedCode extends CodeFacts, CodeDocumentation {
	readonly opcode: Required<Opcode>;
	readonly header: string;
}

/** What the numbers of a member or of a type are called. */
export interface NumberNames {
	/** Names of the whole number; with `flags`, of single bits that may be set together. */
	readonly values?: readonly NamedValue[];
	/** The number is made of bits and groups of bits. */
	readonly flags?: boolean;
	/** With `flags`: bits that are read together, of which exactly one value holds. */
	readonly groups?: readonly { readonly mask: number; readonly values: readonly NamedValue[] }[];
}

/** What a number counts. */
export type Unit = 'ms' | 'us' | 's' | 'bytes';

/** What a number is in an address: a port in network byte order, or an address family. */
export type MemberRole = 'port' | 'family';

/** The values that the documents allow. */
export interface ValueRange {
	readonly from: number;
	readonly to: number;
	/** Error of any other value. */
	readonly otherwise?: string;
}

/** What a number of a member means, for forms and decoders. */
export interface MemberFacts extends NumberNames {
	readonly unit?: Unit;
	readonly role?: MemberRole;
	/** Any value but 0 switches something on. */
	readonly onOff?: true;
	/** The bytes stand in network order. */
	readonly order?: 'network';
	readonly range?: ValueRange;
	/** Smaller numbers are legal, but mostly seconds by mistake. */
	readonly usualFrom?: number;
	/** No source gives 0 a meaning. */
	readonly zeroUntold?: true;
	/** Of a tail: the member beside it that holds the number of elements. */
	readonly countedBy?: string;
	/** The member beside it that, while it is 0, makes the code ignore this one. */
	readonly switchedBy?: string;
	/** No code reads it: padding, or what is only written. */
	readonly unread?: true;
}

export interface FieldSpec extends MemberFacts {
	/** Empty for an anonymous struct or union. */
	readonly name: string;
	/** Type name with any `*`, such as `ULONG` or `LPSOCKADDR`, or members in place for a nested struct or union. */
	readonly type: string | { readonly kind: 'struct' | 'union'; readonly fields: readonly FieldSpec[] };
	/** Elements of an array; `'tail'` marks a declared `[1]` that really goes on to the end of the buffer. */
	readonly length?: number | 'tail';
	/** Width of a bit-field in bits. */
	readonly bits?: number;
	readonly meaning: string;
}

interface TypeSpec {
	/** The name that people write. */
	readonly name: string;
	/** Other names of the same type: typedefs, tags (`_TCP_INFO_v0`). Pointer typedefs are listed in `pointers`. */
	readonly aliases?: readonly string[];
	/** Typedefs for a pointer to it: `PTCP_INFO_v0`, `LPQOS`. */
	readonly pointers?: readonly string[];
	readonly header?: string;
	/** What it is for, one sentence. */
	readonly summary?: string;
	/** Path below https://learn.microsoft.com/, or a whole address. */
	readonly documentation?: string;
}

export interface StructSpec extends TypeSpec {
	readonly kind: 'struct' | 'union';
	/** The tag only exists as `struct name` in C (no typedef): `tcp_keepalive`. */
	readonly tagOnly?: boolean;
	/** `#pragma pack` in force, in bytes. */
	readonly pack?: 1 | 2 | 4 | 8;
	/** `fields` is empty: the header that declares it is asked where a text includes it. */
	readonly fromHeader?: true;
	readonly fields: readonly FieldSpec[];
}

export interface EnumSpec extends TypeSpec {
	readonly kind: 'enum';
	readonly values: readonly NamedValue[];
}

/** A scalar that a header names: `typedef ULONG RCVALL_VALUE`-like. */
export interface ScalarAliasSpec extends TypeSpec, NumberNames {
	readonly kind: 'alias';
	readonly of: string;
}

export type CatalogType = StructSpec | EnumSpec | ScalarAliasSpec;

/** A type that has a file of its own. */
export type DocumentedType = CatalogType & { readonly header: string; readonly summary: string };

/** A socket option that WskControlSocket sets or gets at SOL_SOCKET. */
export interface WskOption {
	readonly name: string;
	readonly value: number;
	readonly level: string;
	readonly set: boolean;
	readonly get: boolean;
	readonly type: string;
	readonly irp: 'required' | 'optional' | 'forbidden';
	readonly summary: string;
	readonly documentation?: string;
}

/** A GUID that selects an extension function, or a table of them. */
export interface ExtensionGuid {
	readonly name: string;
	/** Canonical text, lower case: `b5367df1-cbac-11cf-95ca-00805f48a192`. */
	readonly guid: string;
	/** Function or table that it gives. */
	readonly gives: string;
	/** Pointer typedef, or struct for a table. */
	readonly type: string;
	readonly code: 'SIO_GET_EXTENSION_FUNCTION_POINTER' | 'SIO_GET_MULTIPLE_EXTENSION_FUNCTION_POINTER';
	readonly header: string;
	/** Sockets that the function works on. */
	readonly socket?: SocketSpec;
	readonly windows?: WindowsSpec;
	readonly summary: string;
}
