// Looks for every word in the titles and first sentences of all pages. Nothing leaves the browser.
/** The pages that hold all words, those first that have them in their titles. */
function find(index, words) {
	const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
	if (wanted.length === 0) return [];
	const rank = ({ title, about }) => {
		const name = title.toLowerCase();
		if (!wanted.every((word) => `${name} ${about.toLowerCase()}`.includes(word))) return 0;
		if (name === words.trim().toLowerCase()) return 4;
		if (name.startsWith(wanted[0])) return 3;
		return wanted.every((word) => name.includes(word)) ? 2 : 1;
	};
	return index
		.map((page) => ({ page, rank: rank(page) }))
		.filter((each) => each.rank > 0)
		.sort((a, b) => b.rank - a.rank)
		.map(({ page }) => page);
}

if (typeof document !== 'undefined') {
	const input = document.querySelector('#search');
	const list = document.querySelector('#found');
	const { root } = document.body.dataset;
	input.addEventListener('input', () => {
		list.replaceChildren(
			...find(globalThis.pages, input.value)
				.slice(0, 12)
				.map(({ title, about, path }) => {
					const item = document.createElement('li');
					const link = document.createElement('a');
					const more = document.createElement('small');
					link.href = root + path;
					link.textContent = title;
					more.textContent = about;
					link.append(more);
					item.append(link);
					return item;
				}),
		);
	});
	input.form.addEventListener('submit', (event) => {
		event.preventDefault();
		list.querySelector('a')?.click();
	});
}
