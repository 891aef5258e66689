namespace AkkaChat.Architecture.Tests;

/// <summary>One source for the standard and the restricted build (CONTRIBUTING.md, "Two feeds").</summary>
public sealed class TwoBuildsTests
{
    /// <summary>Namespaces of packages that have no counterpart in the restricted build.</summary>
    private static readonly string[] StandardBuildNamespaces =
    [
        "Akka.Cluster", "Akka.Cluster.Sharding", "Akka.Cluster.Tools", "Akka.DistributedData", "Akka.Persistence", "Akka.Remote",
        "Akka.Streams", "Akka.TestKit",
    ];

    [Fact]
    public void A_project_that_uses_Akka_types_names_the_package()
    {
        var missing = from project in Repository.Projects
                      where !project.PackageReferences.Any(package => Include(package) == "Akka")
                      from use in project.Sources.SelectMany(source => source.Mentions("using Akka"))
                      select use;

        Assert.Empty(missing);
    }

    [Fact]
    public void Packages_beyond_Akka_itself_are_marked_StandardBuildOnly()
    {
        var unmarked = from project in Repository.Projects
                       where !project.IsStandardBuildOnly
                       from package in project.PackageReferences
                       where Include(package).StartsWith("Akka.", StringComparison.Ordinal)
                       where package.Attribute("StandardBuildOnly")?.Value != "true"
                       select $"{project}: {Include(package)}";

        Assert.Empty(unmarked);
    }

    [Fact]
    public void Sources_of_both_builds_use_Akka_itself_only()
    {
        var uses = from project in Repository.Projects
                   from source in project.SourcesOfBothBuilds
                   from name in StandardBuildNamespaces
                   from use in source.Mentions($"using {name}")
                   select use;

        Assert.Empty(uses);
    }

    [Fact]
    public void No_source_is_compiled_conditionally()
    {
        var conditions = from project in Repository.ProductProjects
                         from source in project.Sources
                         from line in source.Where(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal))
                         select line;

        Assert.Empty(conditions);
    }

    [Fact]
    public void Package_versions_are_in_one_place()
    {
        var versions = from project in Repository.Projects
                       from package in project.PackageReferences
                       where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
                       select $"{project}: {Include(package)}";

        Assert.Empty(versions);
    }

    private static string Include(System.Xml.Linq.XElement package) => package.Attribute("Include")?.Value ?? "";
}
