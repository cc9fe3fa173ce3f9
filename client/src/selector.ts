/** The languages whose calls the server understands; the manifest's activation events name the same ones. */
export const languages = ['c', 'cpp', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

/** Every scheme is welcome: a call means the same on disk, in an unsaved buffer and in a remote repository. */
export const documentSelector = languages.map((language) => ({ language }));

/** Whether the server looks at documents of this language. */
export function isSupported(languageId: string): boolean {
	return (languages as readonly string[]).includes(languageId);
}
