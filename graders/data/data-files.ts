/** The files of the real data sets: where they are looked for, where they come from, and how their content is recognised. */

export interface DataFile {
  /** Folder below the data folder; files directly in the data folder are found too. */
  folder: string;
  /** Name without `.gz`. */
  name: string;
  /** Where the public file is, and whether it is packed there. */
  url: string;
  /** The most bytes that the unpacked file may have. */
  mostBytes: number;
  /** Exact size of the unpacked file, where it is known. */
  bytes?: number;
  /** Checksum of the unpacked content: packing it again changes the packed file. */
  raw?: { algorithm: 'md5' | 'sha256'; digest: string };
  /** Checksum of the file as it is published, packed; used where that of the content is not known. */
  packed?: { algorithm: 'md5'; digest: string };
}

export const dataSets = ['mnist', 'fashion', 'digits', 'boston'] as const;
export type DataSet = (typeof dataSets)[number];

const images = (count: number) => 16 + count * 784;
const labels = (count: number) => 8 + count;

const idx = (folder: string, base: string, name: string, bytes: number, more: Partial<DataFile>): DataFile => ({
  folder,
  name,
  url: `${base}${name}.gz`,
  bytes,
  mostBytes: bytes,
  ...more,
});

const mnist = (name: string, bytes: number, digest: string) =>
  idx('mnist', 'https://ossci-datasets.s3.amazonaws.com/mnist/', name, bytes, { raw: { algorithm: 'md5', digest } });
const fashion = (name: string, bytes: number, digest: string) =>
  idx('fashion', 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/', name, bytes, {
    packed: { algorithm: 'md5', digest },
  });

/** Every file of every set; images before labels, training before test. */
export const dataFiles: Readonly<Record<DataSet, readonly DataFile[]>> = {
  mnist: [
    mnist('train-images-idx3-ubyte', images(60_000), '6bbc9ace898e44ae57da46a324031adb'),
    mnist('train-labels-idx1-ubyte', labels(60_000), 'a25bea736e30d166cdddb491f175f624'),
    mnist('t10k-images-idx3-ubyte', images(10_000), '2646ac647ad5339dbf082846283269ea'),
    mnist('t10k-labels-idx1-ubyte', labels(10_000), '27ae3e4e09519cfbb04c329615203637'),
  ],
  fashion: [
    fashion('train-images-idx3-ubyte', images(60_000), '8d4fb7e6c68d591d4c3dfef9ec88bf0d'),
    fashion('train-labels-idx1-ubyte', labels(60_000), '25c81989df183df01b3e8a0aad5dffbe'),
    fashion('t10k-images-idx3-ubyte', images(10_000), 'bef4ecab320f06d8554ea6380940ec79'),
    fashion('t10k-labels-idx1-ubyte', labels(10_000), 'bb300cfdad3c16e7a12a480ee83cd310'),
  ],
  digits: [
    {
      folder: 'digits',
      name: 'digits.csv',
      url: 'https://raw.githubusercontent.com/scikit-learn/scikit-learn/main/sklearn/datasets/data/digits.csv.gz',
      bytes: 264_712,
      mostBytes: 264_712,
      raw: { algorithm: 'sha256', digest: '6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8' },
    },
  ],
  boston: [
    {
      folder: 'boston',
      name: 'boston.csv',
      url: 'https://raw.githubusercontent.com/selva86/datasets/master/BostonHousing.csv',
      // Copies differ in quotes and line ends; the numbers themselves are checked when they are read.
      mostBytes: 200_000,
    },
  ],
};
