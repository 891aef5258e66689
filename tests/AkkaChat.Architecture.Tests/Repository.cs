namespace AkkaChat.Architecture.Tests;

/// <summary>The repository these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<Project> Projects { get; } =
        [.. FilesUnder("src", "*.csproj").Concat(FilesUnder("tests", "*.csproj")).Select(Project.Load)];

    public static IEnumerable<Project> ProductProjects => Projects.Where(project => project.IsProduct);

    /// <summary>Files below a folder of the repository, without what is built or installed there.</summary>
    public static IEnumerable<string> FilesUnder(string folder, string pattern)
    {
        var full = Path.Combine(Root, folder);
        return Directory.Exists(full)
            ? Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories).Where(IsSource).Order(StringComparer.Ordinal)
            : [];
    }

    public static string RelativePath(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static bool IsSource(string file) =>
        !RelativePath(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "wwwroot");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AkkaChat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside the repository only.");
        }

        return folder.FullName;
    }
}
