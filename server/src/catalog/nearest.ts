/** Which of some names may have been meant by one that is none of them. */
import { editDistance } from './distance.ts';

/** Names that differ in more than a third of their letters are other names. */
const LETTERS_PER_SLIP = 3;
/** Nor does anybody mistype a name into something so long. */
const LONGEST = 100;

/** The name that is most like another, the first one of several; undefined where none is alike. */
export function nearest(name: string, names: readonly string[]): string | undefined {
	if (name.length > LONGEST) return undefined;
	const most = Math.max(1, Math.floor(name.length / LETTERS_PER_SLIP));
	let best: { readonly name: string; readonly distance: number } | undefined;
	for (const known of names) {
		const distance = editDistance(name.toLowerCase(), known.toLowerCase(), most);
		if (distance <= most && (!best || distance < best.distance)) best = { name: known, distance };
	}
	return best?.name;
}
