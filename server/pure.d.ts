/** What every host has beside the language itself: Node, browsers and their workers. */
declare class TextEncoder {
	encode(text: string): Uint8Array;
}
declare class URL {
	constructor(url: string);
	readonly href: string;
	hostname: string;
	pathname: string;
}
declare function atob(base64: string): string;
declare function btoa(binary: string): string;
declare const performance: { now(): number };
