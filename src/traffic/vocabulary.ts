/**
 * Word lists that we wrote ourselves, for generated values. Changing one changes every digest: append a new list
 * instead.
 */
export const WORDS: readonly string[] = `
amber anchor apple april arrow atlas autumn badge baker bamboo barley basin beacon berry birch blanket blossom bottle
branch bridge bright bronze brook bucket butter button cabin camera candle canvas canyon carpet castle cedar chalk
cherry circle citrus clay cliff clover coast cobalt coffee comet copper coral cotton crane crater cream cricket
crystal daisy delta desert dolphin dragon drum dune eagle early earth ember empty engine evening fabric falcon feather
fence fern field finch flame flint forest fossil fox frost garden garlic gentle ginger glass globe gold grain granite
grape gravel green guitar hammer harbor hazel heron hill honey horizon house island ivory jacket jade jasmine juniper
kettle kitchen kite ladder lagoon lamp lantern lark laurel lava lemon lentil level lilac lime linen lion lunar lynx
magnet mango maple marble meadow melon mesa metal mint mirror mist moon moss mountain museum mustard nectar needle
nickel north nutmeg oak oasis ocean olive onyx opal orange orbit orchid otter oyster paddle palm panel paper parcel
pearl pebble pepper pigeon pillow pine planet plum pocket pond poppy prairie quartz quiet quill rabbit radish rain
raven reef ribbon river robin rocket rose ruby saddle saffron sage salmon sand satin shadow shell silver sketch slate
smoke snow sparrow spice spring spruce star stone storm stream summer swan table teapot temple thistle thunder tiger
timber topaz trail tulip tundra turtle valley vanilla velvet violet walnut water wheat willow window winter wolf
wooden wren yarrow yellow zebra zenith zinc
`
  .trim()
  .split(/\s+/);

/** The names of browsers, with `%` for the major version and `#` for the build number. */
export const BROWSERS: readonly string[] = [
  'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%.0.# Safari/537.36',
  'Gecko/20100101 Firefox/%.#',
  'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%.# Safari/605.1.15',
  'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%.0.0.0 Safari/537.36 Edg/%.0.#',
];

export const PLATFORMS: readonly string[] = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 10_15_7',
  'X11; Linux x86_64',
  'X11; Ubuntu; Linux x86_64',
  'iPhone; CPU iPhone OS 17_4 like Mac OS X',
  'Linux; Android 14; Pixel 8',
];

/** First octets of addresses that are neither private, nor loopback, nor reserved. */
export const FIRST_OCTETS: readonly number[] = Array.from({ length: 223 }, (_, i) => i + 1).filter(
  (octet) => ![10, 100, 127, 169, 172, 192, 198, 203].includes(octet),
);
