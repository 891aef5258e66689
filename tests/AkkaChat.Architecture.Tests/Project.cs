using System.Xml.Linq;

namespace AkkaChat.Architecture.Tests;

/// <summary>A csproj as written, before any build changes it.</summary>
internal sealed record Project(string Name, string Folder, XDocument Xml)
{
    public bool IsProduct => Repository.RelativePath(Folder).StartsWith("src/", StringComparison.Ordinal);

    public bool IsStandardBuildOnly => Xml.Descendants("StandardBuildOnly").Any(element => element.Value == "true");

    public IEnumerable<string> ProjectReferences =>
        Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public IEnumerable<XElement> PackageReferences => Xml.Descendants("PackageReference");

    public IEnumerable<string> StandardBuildOnlyFolders => Includes("StandardBuildOnlyFolder");

    public IEnumerable<SourceFile> Sources =>
        Repository.FilesUnder(Repository.RelativePath(Folder), "*.cs").Select(SourceFile.Load);

    /// <summary>The sources that the restricted build compiles.</summary>
    public IEnumerable<SourceFile> SourcesOfBothBuilds =>
        IsStandardBuildOnly ? [] : Sources.Where(source => !StandardBuildOnlyFolders.Any(folder => IsIn(source, folder)));

    public static Project Load(string file) =>
        new(Path.GetFileNameWithoutExtension(file), Path.GetDirectoryName(file)!, XDocument.Load(file));

    public IEnumerable<string> Includes(string item) =>
        Xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();

    public override string ToString() => Name;

    private bool IsIn(SourceFile source, string folder) =>
        source.Path.StartsWith($"{Repository.RelativePath(Folder)}/{folder}/", StringComparison.Ordinal);
}
