package io.podlifecycle.discovery;

import java.util.List;
import java.util.Set;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;

/**
 * The class path of another application: some classes more, some packages less.
 */
final class OtherClassPath extends ClassLoader {

	private final Set<String> more;

	private final List<String> less;

	private OtherClassPath(Set<String> more, List<String> less) {
		super(OtherClassPath.class.getClassLoader());
		this.more = more;
		this.less = less;
	}

	static OtherClassPath with(String... classNames) {
		return new OtherClassPath(Set.of(classNames), List.of());
	}

	OtherClassPath without(String... packages) {
		return new OtherClassPath(this.more, List.of(packages));
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (this.more.contains(name)) {
			Class<?> loaded = findLoadedClass(name);
			return (loaded != null) ? loaded : defineEmpty(name);
		}
		if (this.less.stream().anyMatch(name::startsWith)) {
			throw new ClassNotFoundException(name);
		}
		return super.loadClass(name, resolve);
	}

	private Class<?> defineEmpty(String name) {
		ClassWriter writer = new ClassWriter(0);
		writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
		byte[] bytes = writer.toByteArray();
		return defineClass(name, bytes, 0, bytes.length);
	}

}
