namespace AkkaChat.Architecture.Tests;

/// <summary>References point one way: Protocol, Actors, then Cluster, Web and the stores, then Testing and Host.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, int> Layers = new(StringComparer.Ordinal)
    {
        ["AkkaChat.Protocol"] = 0,
        ["AkkaChat.Actors"] = 1,
        ["AkkaChat.Cluster"] = 2,
        ["AkkaChat.Stores.PostgreSql"] = 2,
        ["AkkaChat.Stores.Sqlite"] = 2,
        ["AkkaChat.Web"] = 2,
        ["AkkaChat.Testing"] = 3,
        ["AkkaChat.Host"] = 3,
    };

    [Fact]
    public void Every_product_project_has_a_layer() =>
        Assert.Empty(Repository.ProductProjects.Select(project => project.Name).Except(Layers.Keys, StringComparer.Ordinal));

    [Fact]
    public void A_product_project_refers_to_lower_layers_only()
    {
        var wrong = from project in Repository.ProductProjects
                    from reference in project.ProjectReferences
                    where Layers.GetValueOrDefault(reference, int.MaxValue) >= Layers[project.Name]
                    select $"{project} -> {reference}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_protocol_refers_to_nothing()
    {
        var protocol = Product("AkkaChat.Protocol");

        Assert.Empty(protocol.ProjectReferences);
        Assert.Empty(protocol.PackageReferences);
        Assert.Empty(protocol.Includes("FrameworkReference"));
    }

    [Fact]
    public void The_actors_do_not_know_ASP_NET()
    {
        var actors = Product("AkkaChat.Actors");

        Assert.Empty(actors.Includes("FrameworkReference"));
        Assert.Empty(actors.Sources.SelectMany(source => source.Mentions("Microsoft.AspNetCore")));
    }

    [Theory]
    [InlineData("/Ownership/")]
    [InlineData("/Wire/")]
    public void The_rules_of_a_cluster_know_no_actor_and_no_clock(string folder)
    {
        var rules = Product("AkkaChat.Cluster").Sources.Where(source => source.Path.Contains(folder, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(rules);
        Assert.Empty(
            from source in rules
            from name in (string[])["Akka", "System.Threading", "TimeProvider", "Task", "Random", "Stopwatch"]
            from use in source.Mentions(name)
            select use);
    }

    [Fact]
    public void The_conformance_app_uses_the_public_API_of_Web_only()
    {
        var app = Assert.Single(Repository.Projects, project => project.Name == "AkkaChat.ConformanceApp");

        Assert.Equal(["AkkaChat.Web"], app.ProjectReferences);
        Assert.DoesNotContain(app.Name, Repository.ProductProjects.SelectMany(project => project.Includes("InternalsVisibleTo")));
    }

    private static Project Product(string name) => Assert.Single(Repository.ProductProjects, project => project.Name == name);
}
