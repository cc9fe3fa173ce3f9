/** Which documents the extension asks the server about. */
import { languageIds } from './languages.generated.ts';

/** Every scheme is welcome: a call means the same on disk, in an unsaved buffer and in a remote repository. */
export const documentSelector = languageIds.map((language) => ({ language }));

/** Whether the server looks at documents of this language. */
export const isSupported = (languageId: string): boolean => languageIds.includes(languageId);
