// The contrast of each text with what is painted behind its middle.
(() => {
	const color = (text) => {
		const [red, green, blue, alpha] = text.match(/[\d.]+/g).map(Number);
		return { channels: [red, green, blue], alpha: (alpha === undefined) ? 1 : alpha };
	};
	const luminance = (channels) => {
		const [red, green, blue] = channels.map((channel) => channel / 255)
			.map((value) => (value <= 0.04045) ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const paint = (element) => {
		const style = getComputedStyle(element);
		if (!(element instanceof SVGElement)) {
			return color(style.backgroundColor);
		}
		if (!(element instanceof SVGRectElement) || !style.fill.startsWith('rgb')) {
			return null;
		}
		const fill = color(style.fill);
		return { channels: fill.channels, alpha: fill.alpha * Number(style.opacity) };
	};
	const backgroundAt = (x, y, text) => document.elementsFromPoint(x, y)
		.reverse()
		.filter((element) => element !== text)
		.map(paint)
		.filter((layer) => layer && layer.alpha > 0)
		.reduce((below, layer) => below.map((channel, index) => channel * (1 - layer.alpha)
			+ layer.channels[index] * layer.alpha), [255, 255, 255]);
	const isText = (element) => element.tagName.toLowerCase() !== 'title'
		&& [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
	return [...document.body.querySelectorAll('*')].filter(isText).map((element) => {
		const box = element.getBoundingClientRect();
		const style = getComputedStyle(element);
		const ink = color((element instanceof SVGElement) ? style.fill : style.color).channels;
		const ground = backgroundAt(box.x + box.width / 2, box.y + box.height / 2, element);
		const [dark, light] = [luminance(ink), luminance(ground)].sort((one, other) => one - other);
		return { text: element.lastChild.data ?? element.textContent, visible: box.width > 0 && box.height > 0,
			ratio: (light + 0.05) / (dark + 0.05) };
	}).filter((contrast) => contrast.visible);
})()
