// Which labels of the same drawing overlap?
(() => {
	const collisions = [];
	let labels = 0;
	for (const plot of document.querySelectorAll('.plot')) {
		const boxes = [...plot.querySelectorAll('text')]
			.filter((text) => getComputedStyle(text).display !== 'none')
			.map((text) => ({ text: text.lastChild.data, box: text.getBoundingClientRect() }));
		labels += boxes.length;
		boxes.forEach((one, index) => boxes.slice(index + 1).forEach((other) => {
			const x = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
			const y = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
			if (x > 0 && y > 2) {
				collisions.push(one.text + ' / ' + other.text);
			}
		}));
	}
	return { labels, collisions };
})()
